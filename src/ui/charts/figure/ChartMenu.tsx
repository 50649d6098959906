import { errorMessage } from '../../../base/errorMessage';
import { type RefObject, useState } from 'react';
import { encodeConfiguration } from '../../../configuration/url';
import { useLab } from '../../../store/lab';
import { Dialog, Popover } from '../../kit';
import menuStyles from '../../kit/Menu.module.css';
import { ChartTable, type TableData } from './ChartTable';
import { copyText, downloadFile } from '../../kit/download';
import type { ChartLine } from '../steps/chartLine';

export interface ChartMenuProps {
  name: string;
  title: string;
  /** Unit and n, printed under the title of an exported picture. */
  about: string;
  /** Absent where a chart has no log axis. */
  log?: boolean;
  onLog?: (log: boolean) => void;
  logLabel?: string;
  sources?: ChartLine[];
  format: (value: number) => string;
  /** Its own table, for charts that are not over steps. */
  table?: () => TableData;
  /** Its own CSV, for charts that are not drawn from the history; `series` then names nothing. */
  csv?: () => string[];
  series: (name: string) => boolean;
  /** The element that holds the drawn plot. */
  figure: RefObject<HTMLElement | null>;
}

/** The one "⋯" of a chart: log axis, table, CSV, JSON, PNG, SVG, copy configuration. */
export function ChartMenu(props: ChartMenuProps) {
  const { name, title, about, log, onLog, logLabel, sources, format, series, figure, table } = props;
  const [open, setOpen] = useState(false);
  const [copied, setCopied] = useState('');

  const csv = async (): Promise<void> => {
    const [{ longCsv }, { longRows }, { exportFileName: fileName }] = await exports();
    const { configuration, history, run } = useLab.getState();
    const lines = props.csv?.() ?? longCsv(longRows(history, series));
    downloadFile(fileName(configuration, run.step, name, 'csv'), lines, 'text/csv');
  };
  const json = async (): Promise<void> => {
    const [, , { exportFileName: fileName, runFile }] = await exports();
    const lab = useLab.getState();
    const text = JSON.stringify(runFile(lab, new Date()));
    downloadFile(fileName(lab.configuration, lab.run.step, 'run', 'json'), [text], 'application/json');
  };
  const picture = async (kind: 'svg' | 'png'): Promise<void> => {
    const [[, , { exportFileName: fileName }], { plotPng, plotSvg }] = await Promise.all([
      exports(),
      import('../../kit/exportPlot'),
    ]);
    const { configuration, run } = useLab.getState();
    if (!figure.current) return;
    const svg = plotSvg(figure.current, { title, about, foot: whatWasRun() });
    const file = fileName(configuration, run.step, name, kind);
    if (kind === 'svg') downloadFile(file, [svg.text], 'image/svg+xml');
    else downloadFile(file, [await plotPng(svg)], 'image/png');
  };
  const copy = async (what: 'link' | 'JSON'): Promise<void> => {
    const { configuration } = useLab.getState();
    const query = encodeConfiguration(configuration);
    const link = `${location.origin}${location.pathname}${query && `?${query}`}`;
    const done = await copyText(what === 'link' ? link : JSON.stringify(configuration, null, 2));
    setCopied(done ? what : 'failed');
    setTimeout(() => setCopied(''), 2000);
  };

  return (
    <>
      <Popover label={`${title}: menu`} icon="more" size="small" testId={`chart-menu-${name}`}>
        {(close) => {
          const then = (act: () => Promise<void> | void) => (): void => {
            close();
            void (async () => {
              try {
                await act();
              } catch (error) {
                useLab.getState().tell('error', 'The file was not made', errorMessage(error));
              }
            })();
          };
          return (
            <div className={menuStyles.menu}>
              {onLog && (
                <button type="button" aria-pressed={log} onClick={() => onLog(!log)}>
                  <span>{logLabel}</span>
                </button>
              )}
              <button type="button" onClick={then(() => setOpen(true))}>
                Table
              </button>
              <hr />
              <button type="button" onClick={then(csv)}>
                CSV <small>raw values, every {props.csv ? 'moment kept' : 'row'}</small>
              </button>
              <button type="button" onClick={then(json)}>
                JSON <small>whole run</small>
              </button>
              <button type="button" onClick={then(() => picture('png'))}>
                PNG
              </button>
              <button type="button" onClick={then(() => picture('svg'))}>
                SVG
              </button>
              <hr />
              <button type="button" onClick={() => void copy('link')}>
                Copy link <small aria-live="polite">{said(copied, 'link')}</small>
              </button>
              <button type="button" onClick={() => void copy('JSON')}>
                Copy configuration <small aria-live="polite">{said(copied, 'JSON')}</small>
              </button>
            </div>
          );
        }}
      </Popover>
      {open && (
        <Dialog title={title} onClose={() => setOpen(false)}>
          <ChartTable title={title} sources={sources ?? []} format={format} table={table} />
        </Dialog>
      )}
    </>
  );
}

const said = (copied: string, what: string): string =>
  copied === what ? 'copied' : copied === 'failed' ? 'not allowed here' : what === 'JSON' ? 'JSON' : '';

/** Exports are fetched when first asked for: most visits never do. */
const exports = () =>
  Promise.all([
    import('../../../store/export/csv'),
    import('../../../store/export/series'),
    import('../../../store/export/runFile'),
  ]);

/** One line under an exported picture. */
function whatWasRun(): string {
  const { configuration: c, run, snapshots } = useLab.getState();
  const spec = snapshots.main?.spec;
  const widths = spec ? [spec.inputs, ...spec.hidden.map((h) => h.width), spec.outputs] : c.hidden;
  return `${c.data} · ${widths.join('→')} · ${c.activation} · λ ${c.lambda} · seed ${c.seed} · step ${run.step}`;
}
