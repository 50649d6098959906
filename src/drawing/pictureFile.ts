/** A picture as the text of an SVG file, with its size in CSS pixels. */
export interface PictureFile {
  text: string;
  width: number;
  height: number;
}
