/**
 * Takes plotly's published bundle out of its wrappers, so that it can be evaluated piece by piece, and lets the page
 * have a say between the steps of a drawing (docs/decisions/0015).
 *
 * The bundle is a function inside a function, and its last line evaluates all of it in one go. Inside, each of plotly's
 * own modules is a function that runs when it is first called, written down after those that it needs.
 */
const bundle = 'plotly.js-cartesian-dist-min';

/** What stands before the code: the last of the wrappers opens. */
const opening = 'var Plotly=(()=>{';
/** What stands after it: the module that needs all others is called, and the wrapper closes. */
const closing = /return ([\w$]+)\(\);\}\)\(\);\s*\/\*!/;
/** The helper that makes such a function of a module; its second half is that function. */
const helper =
  /var ([\w$]+)=\((\w),(\w)\)=>(\(\)=>\{try\{return \3\|\|\2\(\(\3=\{exports:\{\}\}\)\.exports,\3\),\3\.exports\}catch\((\w)\)\{throw \3=0,\5\}\})/;

/** Where a chart is drawn: a list of functions that are called one after the other, and waited for. */
const drawing =
  /(\.doAutoMargin,[\w$]+\.previousPromises\);var [\w$]+=[\w$]+\.syncOrAsync\()([\w$]+)(,[\w$]+\);)/;

/** Within one of these steps, the longest: a list of functions that draw an axis each. Whoever waits for the step waits for them. */
const axes =
  /return ([\w$]+\.syncOrAsync)\(([\w$]+\.map\(function\(([\w$]+)\)\{return function\(\)\{if\(\3\)\{var [\w$]+=[\w$]+\.getFromId\()/;

/**
 * A module that exports nothing is there for what it does to the page (the styles of maps): it is no piece, and runs only
 * where plotly wants it.
 *
 * @param {string} code the bundle, minified, as it is published
 * @returns {string} an ES module: `pieces`, the modules' functions in an order in which each finds what it needs;
 *   `plotly`, which returns the library and evaluates what has not been; and `passSteps`, which takes what the steps of
 *   every drawing go through before they are called
 */
export function inPieces(code) {
  const start = code.indexOf(opening);
  const end = closing.exec(code);
  if (start < 0 || end === null || !helper.test(code) || !drawing.test(code) || !axes.test(code)) {
    throw new Error(
      `${bundle} is not written as scripts/plotly-plugin.mjs expects: see docs/decisions/0015.`,
    );
  }
  const inner = code
    .slice(start + opening.length, end.index)
    .replace(
      helper,
      'var $pieces=[],$1=($2,$3)=>{const f=$4;if($2.length>0)$pieces.push(f);return f}',
    )
    .replace(drawing, '$1$steps($2)$3')
    .replace(axes, 'return $inSteps($1)($2');
  const steps =
    'var $steps=(steps)=>steps,$inSteps=(run)=>(steps,chart)=>run($steps(steps),chart);' +
    'export const passSteps=(through)=>{$steps=through};';
  return `${steps}${inner}export const pieces=$pieces,plotly=${end[1]};`;
}

/**
 * The plugin. The development server must not bundle plotly beforehand, or it is not seen here.
 *
 * @returns {import('vite').Plugin}
 */
export function plotlyInPieces() {
  return {
    name: 'plotly-in-pieces',
    enforce: 'pre',
    config: () => ({ optimizeDeps: { exclude: [bundle] } }),
    transform: {
      filter: { id: new RegExp(`/${bundle.replaceAll('.', '\\.')}/`) },
      handler: (code) => ({ code: inPieces(code), map: null }),
    },
  };
}
