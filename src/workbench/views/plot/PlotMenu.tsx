import { useState } from 'react';
import type { PlotData } from '../../../drawing/plot/types';
import type { Recipe } from '../../../experiments/types';
import { copyText, downloadFile } from '../../../ui/kit/download';
import { Dialog, Popover } from '../../../ui/kit';
import { DataTable } from '../results/DataTable';
import menuStyles from '../../../ui/kit/Menu.module.css';
import { plotTable, tableCsv } from './plotTable';

/** The one "⋯" of a plot: its table, CSV, PNG, SVG, link. */
export function PlotMenu({ plot, recipe, foot }: { plot: PlotData; recipe: Recipe; foot: string }) {
  const [open, setOpen] = useState(false);
  const [copied, setCopied] = useState<boolean | null>(null);
  const name = `parsimony_${recipe.id}_${plot.id}`;
  const picture = async (kind: 'svg' | 'png'): Promise<void> => {
    const { plotFile } = await import('../../../drawing/plot/file');
    const svg = plotFile(plot, foot);
    if (kind === 'svg') downloadFile(`${name}.svg`, [svg.text], 'image/svg+xml');
    else {
      const { plotPng } = await import('../../../ui/kit/exportPlot');
      downloadFile(`${name}.png`, [await plotPng(svg)], 'image/png');
    }
  };
  return (
    <>
      <Popover label={`${plot.title}: menu`} icon="more" size="small" testId={`plot-menu-${plot.id}`}>
        {(close) => {
          const then = (act: () => void) => (): void => {
            close();
            act();
          };
          return (
            <div className={menuStyles.menu}>
              <button type="button" onClick={then(() => setOpen(true))}>
                Table
              </button>
              <hr />
              <button
                type="button"
                onClick={then(() => downloadFile(`${name}.csv`, [tableCsv(plotTable(plot))], 'text/csv'))}
              >
                CSV <small>what is drawn</small>
              </button>
              <button type="button" onClick={then(() => void picture('png'))}>
                PNG
              </button>
              <button type="button" onClick={then(() => void picture('svg'))}>
                SVG
              </button>
              <hr />
              <button type="button" onClick={() => void copyText(window.location.href).then(setCopied)}>
                Copy link{' '}
                <small aria-live="polite">
                  {copied === null ? '' : copied ? 'copied' : 'not allowed here'}
                </small>
              </button>
            </div>
          );
        }}
      </Popover>
      {open && (
        <Dialog title={plot.title} onClose={() => setOpen(false)}>
          <DataTable table={plotTable(plot)} />
        </Dialog>
      )}
    </>
  );
}
