import { plainColor } from './css-color';
import type { SavedPicture } from './saved-picture';
import { linesOf, type Box } from './text-lines';

/** Room around the picture, in pixels. */
const padding = 12;
/** What makes a shape of an SVG; all else (classes, roles, what scripts and tests look for) stays on the page. */
const shapeAttributes = new Set([
  ...['x', 'y', 'width', 'height', 'rx', 'ry', 'cx', 'cy', 'r', 'x1', 'x2', 'y1', 'y2', 'd'],
  ...['points', 'transform', 'viewBox', 'preserveAspectRatio', 'text-anchor', 'dx', 'dy'],
]);
/** Of the computed style of a shape, where it is not what every shape has. */
const shapeStyles = [
  ['stroke-width', '1px'],
  ['stroke-dasharray', 'none'],
  ['stroke-linecap', 'butt'],
  ['stroke-linejoin', 'miter'],
  ['opacity', '1'],
] as const;

interface Drawing {
  readonly document: XMLDocument;
  /** What has been drawn so far reaches so far, in pixels of the window. */
  readonly bounds: { left: number; top: number; right: number; bottom: number };
}

type Attributes = Readonly<Record<string, string | number>>;

/**
 * A picture of the page (SVG, boxes of HTML and words, mixed as they come) as one SVG that needs nothing else: colours
 * as they are in the theme of the moment, every line of text where it stands and as wide as it is. What is scrolled out
 * of sight is in it; what is cut off on the page is cut off.
 *
 * It is put together from elements and texts, never from markup: whatever a file holds stays text.
 *
 * Not drawn are gradients, shadows, and what comes from `::before` and `::after`: our pictures do without.
 */
export function elementSvg(root: Element, title: string, ground: string): SavedPicture {
  const document = new DOMParser().parseFromString(
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'image/svg+xml',
  );
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  const drawing: Drawing = { document, bounds };
  const picture = make(drawing, 'g', {});
  drawElement(drawing, root, picture, everywhere);
  if (bounds.left > bounds.right) reach(drawing, root.getBoundingClientRect());
  const size = {
    width: Math.ceil(bounds.right - bounds.left + 2 * padding),
    height: Math.ceil(bounds.bottom - bounds.top + 2 * padding),
  };
  const shift = [padding - bounds.left, padding - bounds.top].map(round).join(' ');
  picture.setAttribute('transform', `translate(${shift})`);
  const svg = document.documentElement;
  set(svg, { ...size, viewBox: `0 0 ${size.width} ${size.height}`, role: 'img' });
  set(svg, { 'font-family': getComputedStyle(root).fontFamily });
  const name = make(drawing, 'title', {});
  name.textContent = title;
  svg.append(name, make(drawing, 'rect', { ...size, fill: ground }), picture);
  return { svg: new XMLSerializer().serializeToString(svg), size };
}

const everywhere: Box = { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };

function drawElement(drawing: Drawing, element: Element, into: Element, clip: Box): void {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const hides = style.overflowX === 'hidden' || style.overflowX === 'clip';
  // Words that are read out and not seen are a pixel wide.
  if (style.display === 'none' || (hides && box.width <= 1 && box.height <= 1)) return;
  const group = style.opacity === '1' ? into : make(drawing, 'g', { opacity: style.opacity });
  if (group !== into) into.append(group);
  if (element instanceof SVGSVGElement) {
    const copy = copyShape(drawing, element);
    if (copy === null) return;
    set(copy, { x: round(box.left), y: round(box.top), width: box.width, height: box.height });
    copy.setAttribute('overflow', style.overflowX);
    reach(drawing, box);
    group.append(copy);
    return;
  }
  drawBox(drawing, style, intersection(box, clip), group);
  const inner = hides ? intersection(box, clip) : clip;
  for (const child of element.childNodes) {
    if (child instanceof Text) drawText(drawing, child, style, group, inner);
    else if (child instanceof Element) drawElement(drawing, child, group, inner);
  }
}

/** Background and border of an element of HTML. */
function drawBox(drawing: Drawing, style: CSSStyleDeclaration, box: Box, into: Element): void {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  if (style.visibility === 'hidden' || width <= 0 || height <= 0) return;
  const ground = plainColor(style.backgroundColor);
  const radius = Math.min(parseFloat(style.borderTopLeftRadius) || 0, width / 2, height / 2);
  const sides = (['Top', 'Right', 'Bottom', 'Left'] as const).map((side) => ({
    ...plainColor(style.getPropertyValue(`border-${side.toLowerCase()}-color`)),
    width: parseFloat(style.getPropertyValue(`border-${side.toLowerCase()}-width`)) || 0,
  }));
  const isFramed = sides.every(
    (side) => side.width > 0 && side.alpha > 0 && side.width === sides[0].width,
  );
  if (ground.alpha > 0 || isFramed) {
    const inset = isFramed ? sides[0].width / 2 : 0;
    const rect = make(drawing, 'rect', {
      x: round(box.left + inset),
      y: round(box.top + inset),
      width: round(width - 2 * inset),
      height: round(height - 2 * inset),
      ...paint('fill', ground),
    });
    if (radius > 0) set(rect, { rx: round(radius) });
    if (isFramed) set(rect, { ...paint('stroke', sides[0]), 'stroke-width': sides[0].width });
    if (isFramed && style.borderTopStyle === 'dashed') set(rect, { 'stroke-dasharray': '3 2' });
    into.append(rect);
    reach(drawing, box);
  }
  if (isFramed) return;
  const [top, right, bottom, left] = sides;
  const line = (side: (typeof sides)[number], x: number, y: number, w: number, h: number) => {
    if (side.width === 0 || side.alpha === 0) return;
    const at = { x: round(x), y: round(y), width: round(w), height: round(h) };
    into.append(make(drawing, 'rect', { ...at, ...paint('fill', side) }));
    reach(drawing, box);
  };
  line(top, box.left, box.top, width, top.width);
  line(bottom, box.left, box.bottom - bottom.width, width, bottom.width);
  line(left, box.left, box.top, left.width, height);
  line(right, box.right - right.width, box.top, right.width, height);
}

function drawText(
  drawing: Drawing,
  node: Text,
  style: CSSStyleDeclaration,
  into: Element,
  clip: Box,
): void {
  const { color, alpha } = plainColor(style.color);
  const text = node.data;
  if (style.visibility === 'hidden' || alpha === 0 || text.trim() === '') return;
  const range = new Range();
  const boxOf = (from: number, to: number): Box | null => {
    range.setStart(node, from);
    range.setEnd(node, to);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return right > left && bottom > top ? { left, right, top, bottom } : null;
  };
  const rise = riseOf(style);
  for (const line of linesOf(text, boxOf, clip)) {
    // The box of a text is as high as its font, in the middle of its line.
    const baseline = (line.top + line.bottom + rise) / 2;
    const written = make(drawing, 'text', {
      x: round(line.left),
      y: round(baseline),
      textLength: round(line.right - line.left),
      lengthAdjust: 'spacingAndGlyphs',
      'font-size': style.fontSize,
      'font-weight': style.fontWeight,
      ...paint('fill', { color, alpha }),
    });
    written.textContent = style.textTransform === 'uppercase' ? line.text.toUpperCase() : line.text;
    into.append(written);
    reach(drawing, line);
  }
}

/** An element of an SVG with all that makes its looks written down; null where nothing of it is seen. */
function copyShape(drawing: Drawing, source: SVGElement): SVGElement | null {
  const style = getComputedStyle(source);
  if (style.display === 'none' || style.visibility === 'hidden') return null;
  const copy = make(drawing, source.localName, {});
  for (const { name, value } of source.attributes) {
    if (shapeAttributes.has(name)) copy.setAttribute(name, value);
  }
  const isText = source instanceof SVGTextContentElement;
  if (source instanceof SVGGeometryElement || isText) {
    const [fill, stroke] = [plainColor(style.fill), plainColor(style.stroke)];
    // Glass for the pointer.
    if (fill.alpha === 0 && stroke.alpha === 0) return null;
    set(copy, paint('fill', fill));
    if (stroke.alpha > 0) set(copy, paint('stroke', stroke));
  }
  for (const [name, usual] of shapeStyles) {
    const value = style.getPropertyValue(name);
    if (value !== '' && value !== usual) copy.setAttribute(name, value);
  }
  if (isText) {
    set(copy, { 'font-size': style.fontSize, 'font-weight': style.fontWeight });
    set(copy, { textLength: round(source.getComputedTextLength()) });
    set(copy, { lengthAdjust: 'spacingAndGlyphs' });
    copy.textContent = source.textContent.trim();
    return copy;
  }
  if (source.localName === 'title') copy.textContent = source.textContent;
  for (const child of source.children) {
    const shape = child instanceof SVGElement ? copyShape(drawing, child) : null;
    if (shape !== null) copy.append(shape);
  }
  return copy;
}

let measure: CanvasRenderingContext2D | null = null;

/** How much further the font of a text reaches above its baseline than below it, in pixels. */
function riseOf(style: CSSStyleDeclaration): number {
  measure ??= document.createElement('canvas').getContext('2d');
  if (measure === null) return 0.7 * parseFloat(style.fontSize);
  measure.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { fontBoundingBoxAscent, fontBoundingBoxDescent } = measure.measureText('x');
  return fontBoundingBoxAscent - fontBoundingBoxDescent;
}

function paint(what: 'fill' | 'stroke', { color, alpha }: ReturnType<typeof plainColor>) {
  if (alpha === 0) return { [what]: 'none' };
  return alpha === 1 ? { [what]: color } : { [what]: color, [`${what}-opacity`]: round(alpha) };
}

function make({ document }: Drawing, name: string, attributes: Attributes): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  set(element, attributes);
  return element;
}

function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

function reach({ bounds }: Drawing, { left, right, top, bottom }: Box): void {
  bounds.left = Math.min(bounds.left, left);
  bounds.top = Math.min(bounds.top, top);
  bounds.right = Math.max(bounds.right, right);
  bounds.bottom = Math.max(bounds.bottom, bottom);
}

function intersection(a: Box, b: Box): Box {
  return {
    left: Math.max(a.left, b.left),
    right: Math.min(a.right, b.right),
    top: Math.max(a.top, b.top),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
