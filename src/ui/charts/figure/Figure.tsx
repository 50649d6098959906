import { type DOMAttributes, type ReactNode, type RefObject, useId } from 'react';
import styles from '../Chart.module.css';
import { ChartMenu, type ChartMenuProps } from './ChartMenu';

interface FigureProps extends Omit<ChartMenuProps, 'figure'> {
  /** The element that holds the drawing; its size (`useElementSize`) decides the frame. */
  box: RefObject<HTMLDivElement | null>;
  /** What the page calls it, where its files have a longer name. */
  chart?: string;
  /** The quantity now, beside the title. */
  value?: ReactNode;
  valueTestId?: string;
  /** Controls between the head and what is said about the chart. */
  controls?: ReactNode;
  /** The drawing. */
  children: ReactNode;
  /** Under the drawing. */
  foot?: ReactNode;
  /** What the chart shows in words, for those who do not see it. */
  caption: string;
  /** Whether the caption speaks up when it changes. */
  live?: 'off' | 'polite';
  className?: string;
  /** Further attributes of the element that holds the drawing. */
  plot?: { className?: string } & Pick<
    DOMAttributes<HTMLDivElement>,
    'onPointerMove' | 'onPointerDown' | 'onPointerLeave'
  >;
}

/** What every chart has around its drawing: title, value, menu, unit and n, and a caption in words. */
export function Figure({ box, value, controls, children, foot, caption, plot, ...props }: FigureProps) {
  const { valueTestId, live, className, chart, ...menu } = props;
  const id = useId();
  return (
    <figure className={joined(styles.chart, className)} aria-labelledby={id} data-chart={chart ?? menu.name}>
      <div className={styles.head}>
        <h3 className={styles.title} id={id}>
          {menu.title}
        </h3>
        {value && (
          <span className={styles.value} data-testid={valueTestId}>
            {value}
          </span>
        )}
        <ChartMenu {...menu} figure={box} />
      </div>
      {controls}
      <p className={styles.about}>{menu.about}</p>
      <div {...plot} className={joined(styles.plot, plot?.className)} ref={box}>
        {children}
      </div>
      {foot}
      <figcaption className="visually-hidden" aria-live={live}>
        {caption}
      </figcaption>
    </figure>
  );
}

const joined = (...names: (string | undefined)[]): string => names.filter(Boolean).join(' ');
