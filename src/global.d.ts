declare const __APP_VERSION__: string;

/** The partial bundle ships no types: they are those of the whole. */
declare module 'plotly.js-cartesian-dist-min' {
  export { default } from 'plotly.js-dist-min';
}
