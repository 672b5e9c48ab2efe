/**
 * A module of its own, so that it becomes a chunk of its own. The partial bundle: a third of the size of
 * plotly.js-dist-min, without the traces that our policy forbids (docs/decisions/0005), and in pieces (0015).
 */
export { passSteps, pieces, plotly, type DrawingStep } from 'plotly.js-cartesian-dist-min';
