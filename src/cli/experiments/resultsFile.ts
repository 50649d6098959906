import { errorMessage } from '../../base/errorMessage';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { StudyPlan } from '../../experiments/mergeResults';
import { parseResultLine, resultLine } from '../../experiments/results';
import type { TrialResult } from '../../experiments/types';
import { Failure } from '../failure';
import { resolvePath, writeFileAtomically } from '../files';

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A shard of a study: the k-th of n parts, from 1; 1 of 1 is the whole. */
export interface Shard {
  k: number;
  n: number;
}

const studyName = ({ recipe, size }: Pick<StudyPlan, 'recipe' | 'size'>): string => `${recipe}.${size}`;

/** Results files of a study in a folder, by name, with the shard each is of. */
export function studyFiles(
  folder: string,
  plan: Pick<StudyPlan, 'recipe' | 'size'>,
): { name: string; shard: Shard }[] {
  const study = studyName(plan);
  return readdirSync(resolvePath(folder))
    .sort()
    .flatMap((name) => {
      if (!name.startsWith(`${study}.`)) return [];
      const part = /^(?:\.(\d+)-of-(\d+))?\.jsonl$/.exec(name.slice(study.length));
      if (!part) return [];
      const [k, n] = part[1] ? [Number(part[1]), Number(part[2])] : [1, 1];
      return [{ name: join(folder, name), shard: { k, n } }];
    });
}

/** What a resumed study is told of results it cannot keep: null where a result is sound, else what is wrong with it in words. */
export type ResultCheck = (result: TrialResult) => string | null;

/** Results of one experiment in a folder: a plan, and a file of results for each shard. Several experiments may share a folder. */
export class ResultsFile {
  private readonly plan: string;
  /** The results file of this shard, as the visitor would name it. */
  readonly name: string;

  /** Throws a Failure where the folder holds results of another plan under these names. */
  constructor(
    private readonly folder: string,
    private readonly study: StudyPlan,
    shard: Shard,
  ) {
    const part = shard.n > 1 ? `.${shard.k}-of-${shard.n}` : '';
    this.plan = join(folder, `${studyName(study)}.plan.json`);
    this.name = join(folder, `${studyName(study)}${part}.jsonl`);
    try {
      mkdirSync(resolvePath(folder), { recursive: true });
    } catch (error) {
      throw new Failure(`${folder} could not be made: ${errorMessage(error)}`, { cause: error });
    }
    const text = `${JSON.stringify(study, null, 2)}\n`;
    if (!existsSync(resolvePath(this.plan))) writeFileAtomically(this.plan, encoded(text));
    else if (readFileSync(resolvePath(this.plan), 'utf8') !== text)
      throw new Failure(
        `${this.plan} is of other settings (version, seeds or levels): choose another --out.`,
      );
  }

  /** The lock of this shard. */
  get lock(): string {
    return this.name.replace(/\.jsonl$/, '.lock');
  }

  /**
   * Results of the study that are in the folder, those of other shards too. In this shard's own file a last line cut off when its writer was
   * stopped is dropped; lines that are no results, and results that `check` finds fault with, are moved to a file beside it, and `say` is
   * told their numbers: their runs are made again.
   */
  done(check: ResultCheck = () => null, say: (text: string) => void = () => undefined): TrialResult[] {
    const others = studyFiles(this.folder, this.study)
      .filter(({ name }) => basename(name) !== basename(this.name))
      .flatMap(({ name }) => readFileSync(resolvePath(name), 'utf8').split('\n'))
      .flatMap((line) => parseResultLine(line) ?? [])
      .filter((result) => check(result) === null);
    return [...this.own(check, say), ...others];
  }

  private own(check: ResultCheck, say: (text: string) => void): TrialResult[] {
    if (!existsSync(resolvePath(this.name))) return [];
    const text = readFileSync(resolvePath(this.name), 'utf8');
    const aside: string[] = [];
    const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
    const results = lines.flatMap((line, i) => {
      if (line.trim() === '') return [];
      const result = parseResultLine(line);
      const fault = result ? check(result) : 'it is not the result of a run';
      if (result && fault === null) return [result];
      say(
        `${this.name}, line ${i + 1}: ${fault}. It is kept in ${this.name}.faulty, and its run is made again.`,
      );
      aside.push(line);
      return [];
    });
    if (aside.length > 0) this.add(`${this.name}.faulty`, aside.map((line) => `${line}\n`).join(''));
    if (aside.length > 0 || (!text.endsWith('\n') && text !== '')) this.rewrite(results);
    return results;
  }

  /** One finished run, on disk at once. */
  append(result: TrialResult): void {
    this.add(this.name, `${resultLine(result)}\n`);
  }

  /** Puts the results of this file into an order of trials, so that the file does not depend on which run was finished first. */
  sort(trials: readonly { id: string }[]): void {
    const rank = new Map(trials.map(({ id }, i) => [id, i]));
    const results = this.own(
      () => null,
      () => undefined,
    );
    const sorted = [...results].sort(
      (a, b) => (rank.get(a.trial) ?? rank.size) - (rank.get(b.trial) ?? rank.size),
    );
    if (sorted.some((result, i) => result !== results[i])) this.rewrite(sorted);
  }

  private rewrite(results: readonly TrialResult[]): void {
    writeFileAtomically(this.name, encoded(results.map((result) => `${resultLine(result)}\n`).join('')));
  }

  private add(name: string, text: string): void {
    try {
      appendFileSync(resolvePath(name), text);
    } catch (error) {
      throw new Failure(`${name} could not be written: ${errorMessage(error)}`, { cause: error });
    }
  }
}
