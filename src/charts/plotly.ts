import Plotly from 'plotly.js-dist-min';

/** A module of its own, so that it becomes a chunk of its own. */
export const plotly = Plotly;
