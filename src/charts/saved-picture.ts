import type { Size } from './figure';

/** A picture as a file of its own. */
export interface SavedPicture {
  /** It needs nothing else: no style, no script, no font, no address. */
  readonly svg: string;
  readonly size: Size;
}

/** Pixels of a saved picture for one on the page: sharp in a document. */
export const density = 2;
/** A canvas may have so many pixels in every browser. */
const mostPixels = 16_000_000;

/** A picture in pixels: twice as many as on the page, or as a canvas may have. */
export async function picturePng({ svg, size: { width, height } }: SavedPicture): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(density, Math.sqrt(mostPixels / (width * height)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('This browser could not make a picture of the chart.'));
      else resolve(blob);
    }, 'image/png');
  });
}
