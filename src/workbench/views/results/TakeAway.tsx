import { useState } from 'react';
import { reportMarkdown } from '../../../experiments/markdown';
import { pictureFooter } from '../../../experiments/report';
import type { Recipe, ExperimentReport } from '../../../experiments/types';
import { removeImportedFile } from '../../state/workbench';
import { deleteRuns } from '../../state/queue';
import { resultsAsCsv, resultsAsJson, resultsAsJsonLines } from '../../storage/files';
import type { ResultSet } from '../../state/sets';
import { copyText, downloadFile } from '../../../ui/kit/download';
import { Button, Dialog } from '../../../ui/kit';
import styles from './Result.module.css';

/** Everything a result can be taken away as, and the ways to be rid of it. */
export function TakeAway({
  recipe,
  set,
  report,
}: {
  recipe: Recipe;
  set: ResultSet;
  report: ExperimentReport | null;
}) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const [asking, setAsking] = useState(false);
  const name = `parsimony_${recipe.id}_${set.size}`;
  const { results } = set;
  const save = (ending: string, text: string, type: string): void =>
    downloadFile(`${name}.${ending}`, [text], type);
  return (
    <section className={styles.part} aria-labelledby="take-away">
      <h2 id="take-away">Take it away</h2>
      <div className={styles.buttons}>
        <Button
          icon="down"
          onClick={() => save('jsonl', resultsAsJsonLines(results), 'application/x-ndjson')}
        >
          JSON lines
        </Button>
        <Button onClick={() => save('json', resultsAsJson(results), 'application/json')}>JSON</Button>
        <Button onClick={() => save('csv', resultsAsCsv(recipe, results), 'text/csv')}>CSV</Button>
        {report && (
          <Button
            onClick={() => void reportWithPictures(report).then((text) => save('md', text, 'text/markdown'))}
          >
            Report (Markdown)
          </Button>
        )}
        <Button icon="copy" onClick={() => void copyText(window.location.href).then(setCopied)}>
          Copy link
        </Button>
        <span role="status" className={styles.n}>
          {copied === null ? '' : copied ? 'Copied.' : 'The clipboard is not allowed here.'}
        </span>
      </div>
      <p className={styles.n}>
        Every one of the {results.length} runs, diverged and failed ones too. JSON lines can be imported here
        again and merged by the command line. Plots: “⋯” beside each.
      </p>
      {set.kind === 'own' && (
        <Button size="small" look="quiet" onClick={() => setAsking(true)}>
          Delete these runs …
        </Button>
      )}
      {set.kind === 'imported' && (
        <Button size="small" look="quiet" onClick={() => removeImportedFile(set.label)}>
          Remove the file {set.label}
        </Button>
      )}
      {asking && (
        <Dialog title="Delete these runs?" onClose={() => setAsking(false)}>
          <p>{results.length} runs made here will be gone from this browser.</p>
          <div className={styles.buttons}>
            <Button
              look="primary"
              onClick={() => {
                setAsking(false);
                void deleteRuns(results);
              }}
            >
              Delete {results.length} runs
            </Button>
            <Button onClick={() => setAsking(false)}>Keep them</Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}

/** The report of the command line, with its plots inside: one file. */
async function reportWithPictures(report: ExperimentReport): Promise<string> {
  const { plotFile } = await import('../../../drawing/plot/file');
  const foot = pictureFooter(report);
  const pictures = new Map(
    [report.main, ...report.further].map((plot) => [
      plot.id,
      `data:image/svg+xml;utf8,${encodeURIComponent(plotFile(plot, foot).text).replace(/[()']/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`,
    ]),
  );
  return reportMarkdown(report, (plot) => pictures.get(plot) ?? '');
}
