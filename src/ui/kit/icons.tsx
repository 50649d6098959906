import type { JSX } from 'react';

/** 16-px line icons, drawn here so that nothing is fetched. Always decorative: the control carries the name. */
const PATHS = {
  play: <path d="M5 3.2v9.6L13 8z" fill="currentColor" stroke="none" />,
  pause: <path d="M4.5 3h2.6v10H4.5zM8.9 3h2.6v10H8.9z" fill="currentColor" stroke="none" />,
  step: <path d="M4 3.5v9L10.5 8zM12.2 3.5v9" />,
  reset: <path d="M3.2 8a4.8 4.8 0 1 0 1.5-3.5M3 2.6v2.8h2.8" />,
  share: <path d="M8 10V2.5M5.2 5 8 2.3 10.8 5M3.5 8.5v5h9v-5" />,
  menu: <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  undo: <path d="M3 6.5h6.2a3.4 3.4 0 0 1 0 6.8H6M3 6.5l2.8-2.8M3 6.5l2.8 2.8" />,
  plus: <path d="M8 3v10M3 8h10" />,
  minus: <path d="M3 8h10" />,
  down: <path d="m4 6 4 4 4-4" />,
  up: <path d="m4 10 4-4 4 4" />,
  left: <path d="m10 4-4 4 4 4" />,
  right: <path d="m6 4 4 4-4 4" />,
  search: <path d="M11.2 7A4.2 4.2 0 1 1 2.8 7a4.2 4.2 0 0 1 8.4 0zM10.2 10.2 13.5 13.5" />,
  more: <path d="M3 8h.01M8 8h.01M13 8h.01" strokeWidth="2.4" />,
  copy: <path d="M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z" />,
  check: <path d="m3 8.5 3.2 3.2L13 4.8" />,
  warning: <path d="M8 2.2 14.2 13H1.8zM8 6.3v3.2M8 11.4v.1" />,
  info: <path d="M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM8 7.3v3.9M8 4.7v.2" />,
  error: <path d="M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4" />,
  diagonal: <path d="M2.5 2.5h11v11h-11zM2.5 2.5l11 11" />,
  rotate: <path d="M12.8 8a4.8 4.8 0 1 1-1.5-3.5M13 2.6v2.8h-2.8" />,
  settings: <path d="M2.5 4.5h4M10 4.5h3.5M2.5 11.5h3M9 11.5h4.5M8.2 3v3M7.2 10v3" />,
  present: <path d="M2 3h12v8H2zM8 11v2.5M5.5 13.5h5" />,
  flask: <path d="M6.2 2.2h3.6M6.8 2.2v4L2.9 13a.6.6 0 0 0 .5.9h9.2a.6.6 0 0 0 .5-.9L9.2 6.2v-4M5 10.2h6" />,
  gauge: <path d="M2.4 11.8a6.2 6.2 0 1 1 11.2 0M8 9.5l3-4M8 9.5h.01" />,
  keyboard: <path d="M1.8 4.5h12.4v7.5H1.8zM4.2 7h.01M6.7 7h.01M9.2 7h.01M11.7 7h.01M5 9.6h6" />,
} satisfies Record<string, JSX.Element>;

export type IconName = keyof typeof PATHS;
/** All of them, in the order they are listed here. */
export const ICON_NAMES = Object.keys(PATHS) as IconName[];

/** One icon in the colour of the text around it. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
    >
      {PATHS[name]}
    </svg>
  );
}
