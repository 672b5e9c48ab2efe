/** A text beside a point, in pixels; (0, 0) is the top left of the plot. */
export interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface Place {
  /** From the point to the middle of the text, in pixels. */
  readonly dx: number;
  readonly dy: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const lineHeight = 18;
const characterWidth = 6.8;
/** Room around a point's own mark. */
const markSize = 11;

/** About the room that a text takes, in pixels. */
export function labelSize(text: string): { readonly width: number; readonly height: number } {
  return { width: text.length * characterWidth, height: lineHeight };
}

/**
 * Where to write each label so that no two overlap, none covers another's point and all stay inside the plot: the first
 * of several places around its point that is free, else the one above.
 */
export function placeLabels(labels: readonly Label[], width: number, height: number): Place[] {
  const marks = labels.map(({ x, y }) => boxAround(x, y, 2 * markSize, 2 * markSize));
  const written: Box[] = [];
  return labels.map((label, own) => {
    const { width: textWidth } = labelSize(label.text);
    const places = candidates(textWidth);
    const isFree = ({ dx, dy }: Place) => {
      const box = boxAround(label.x + dx, label.y + dy, textWidth, lineHeight);
      const isInside = box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height;
      const isClear = [...written, ...marks.filter((_, i) => i !== own)].every(
        (other) => !overlap(box, other),
      );
      return isInside && isClear;
    };
    const place = places.find(isFree) ?? places[0];
    written.push(boxAround(label.x + place.dx, label.y + place.dy, textWidth, lineHeight));
    return place;
  });
}

/** Above, below, right and left of the point, near first, then further away. */
function candidates(textWidth: number): Place[] {
  const side = textWidth / 2 + markSize + 4;
  return [0, 1, 2, 3, 4].flatMap((ring) => {
    const far = ring * lineHeight;
    const up = markSize + lineHeight / 2 + 3 + far;
    return [
      { dx: 0, dy: -up },
      { dx: 0, dy: up },
      { dx: side, dy: -far },
      { dx: -side, dy: -far },
      { dx: side, dy: far },
      { dx: -side, dy: far },
      { dx: textWidth / 2, dy: -up },
      { dx: -textWidth / 2, dy: -up },
      { dx: textWidth / 2, dy: up },
      { dx: -textWidth / 2, dy: up },
    ];
  });
}

function boxAround(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
