import type { ReactNode } from 'react';

/** What a state needs that does not fit among the others: a small window of its own, shown in a frame. */
export interface OwnWindow {
  /** Size of that window in CSS pixels; media queries and whatever fills or covers a window see this size. */
  width: number;
  height: number;
  /** Brings the store of that window to the state that is shown, before anything is drawn. */
  prepare?: () => void;
  /** Does what a visitor would do to reach the state, after the first drawing (opens a panel, points at something). */
  act?: (root: HTMLElement) => void;
}

/** One state of a part, drawn from fixed data. */
export interface ExhibitState {
  /** Which state it is, in a few words: "empty", "refused", "ten thousand steps". */
  name: string;
  show: ReactNode;
  /** Given, the state is shown in a window of its own. */
  window?: OwnWindow;
}

/** One part of the interface in its states. */
export interface Exhibit {
  /** The name of the part in the code, e.g. "Button". */
  part: string;
  /** Width of the box of each state in CSS pixels; as wide as what it holds where left out. */
  width?: number;
  /** Height of that box, for parts that fill the height they are given. */
  height?: number;
  states: readonly ExhibitState[];
}

/** What is shown, and photographed, together. */
export interface GallerySection {
  /** Its name in the address and of its pictures. */
  id: string;
  title: string;
  /** Brings the store to what the exhibits of this section share, before anything is drawn. */
  prepare?: () => void;
  exhibits: readonly Exhibit[];
}
