import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';

const folder = mkdtempSync(join(tmpdir(), 'parsimony-deploy-'));
const log = join(folder, 'log');
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => writeFileSync(log, ''));

const scripts = readdirSync('deploy').filter((name) => name.endsWith('.sh'));
const text = (name: string): string => readFileSync(join('deploy', name), 'utf8');

/** Puts a program of that name before all others: it notes its words, and does what `body` says. */
function standIn(name: string, body = ''): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/bash\necho ${name} "$@" >> '${log}'\n${body}\n`);
  chmodSync(file, 0o755);
}

/** Runs a command line of a shell among the stand-ins; what it exited with, and what was called, a line a call. */
function shell(
  command: string,
  env: Record<string, string> = {},
): { status: number | null; called: string[] } {
  const { status } = spawnSync('bash', ['-c', command], {
    env: { ...process.env, ...env, PATH: `${folder}:${process.env.PATH}` },
  });
  return { status, called: readFileSync(log, 'utf8').trim().split('\n') };
}

/** In place of Node: answers `missing` with $MISSING, and fails where it is told to. */
const NODE = 'case " $* " in *" missing "*) echo "$MISSING";; esac; exit "${STATUS:-0}"';
const words = 'lambda-sweep quick 40 /results';
/** What of a call's words come after the file that is run. */
const asked = (call: string): string => call.replace(/^.*main\.ts /, '');

describe('the scripts of deploy/', () => {
  it.each(scripts)('%s can be run, and its syntax is sound', (name) => {
    expect(statSync(join('deploy', name)).mode & 0o111).toBe(0o111);
    const checked = spawnSync('bash', ['-n', join('deploy', name)], { encoding: 'utf8' });
    expect(checked).toMatchObject({ status: 0, stderr: '' });
  });

  it('parsimony.sh is the command line, from any folder', () => {
    const { status, stdout } = spawnSync(resolve('deploy/parsimony.sh'), ['--help'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stdout).toContain('make the runs of an experiment');
  });

  it('slurm.sh makes the shard of its array index, and hands on how that ended', () => {
    standIn('node', NODE);
    const env = { SLURM_ARRAY_TASK_ID: '7', SLURM_CPUS_PER_TASK: '3' };
    const { status, called } = shell(`deploy/slurm.sh ${words}`, env);
    expect(status).toBe(0);
    expect(called.map(asked)).toEqual([
      'experiment lambda-sweep --size quick --out /results --shard 7/40 --jobs 3',
    ]);
    expect(shell(`deploy/slurm.sh ${words}`, { ...env, STATUS: '5' }).status).toBe(5);
  });

  it('slurm.sh stops its runs and queues itself again before its time is up', () => {
    standIn(
      'node',
      `trap 'echo node ended >> "${log}"; exit 143' TERM; kill -USR1 $PPID; while :; do sleep 0.05; done`,
    );
    standIn('scontrol');
    const env = { SLURM_ARRAY_TASK_ID: '7', SLURM_ARRAY_JOB_ID: '99' };
    const { status, called } = shell(`deploy/slurm.sh ${words}`, env);
    expect(status).toBe(0);
    expect(called.slice(1)).toEqual(['node ended', 'scontrol requeue 99_7']);
  });

  it('slurm-resubmit.sh sends missing shards alone, and joins a whole study', () => {
    standIn('node', NODE);
    standIn('sbatch');
    const partly = shell(`deploy/slurm-resubmit.sh ${words}`, { MISSING: '3,17' });
    expect(partly.called.map(asked)).toEqual([
      'missing lambda-sweep --size quick --shards 40 --out /results',
      `sbatch --array=3,17 deploy/slurm.sh ${words}`,
    ]);
    writeFileSync(log, '');
    const out = join(folder, 'out');
    const whole = shell(`deploy/slurm-resubmit.sh lambda-sweep quick 40 ${out}`, { MISSING: '' });
    expect(whole.called.slice(1).map(asked)).toEqual([
      `merge ${out} --experiment lambda-sweep --out ${out}/report/lambda-sweep.quick.jsonl`,
      `report ${out}/report/lambda-sweep.quick.jsonl --out ${out}/report`,
    ]);
  });

  it('gnu-parallel.sh makes missing shards alone, then joins them; nothing is made where none is missing', () => {
    standIn('node', NODE);
    // Each line it reads takes the place of {}.
    standIn('parallel', 'shift 6; while read -r line; do "${@//\\{\\}/$line}"; done');
    const out = join(folder, 'shared');
    const command = `deploy/gnu-parallel.sh lambda-sweep quick 40 ${out} --sshlogin a,b`;
    const { status, called } = shell(command, { MISSING: '3,17' });
    expect(status).toBe(0);
    expect(called[1]).toMatch(/^parallel --sshlogin a,b --quote --retries 3 --line-buffer /);
    const made = called.filter((call) => call.startsWith('node')).map(asked);
    expect(made.slice(1, 3)).toEqual(
      [3, 17].map((k) => `experiment lambda-sweep --size quick --out ${out} --jobs 1 --shard ${k}/40`),
    );
    expect(made.slice(3).map((call) => call.split(' ')[0])).toEqual(['merge', 'report']);
    writeFileSync(log, '');
    expect(shell(command, { MISSING: '' }).called.map((call) => asked(call).split(' ')[0])).toEqual([
      'missing',
      'merge',
      'report',
    ]);
  });

  it('entrypoint.sh serves the site unless it is given a command', () => {
    standIn('node', NODE);
    expect(shell('deploy/entrypoint.sh').called[0]).toContain('vite.js preview --host 0.0.0.0 --port 4173');
    writeFileSync(log, '');
    expect(shell('deploy/entrypoint.sh experiments --json').called.map(asked)).toEqual([
      'experiments --json',
    ]);
  });
});

const container = z.strictObject({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()).min(3),
  resources: z
    .strictObject({
      requests: z.strictObject({ cpu: z.string(), memory: z.string().regex(/^\d+[MG]i$/) }),
      limits: z.strictObject({ memory: z.string().regex(/^\d+[MG]i$/) }),
    })
    .optional(),
  volumeMounts: z
    .array(z.strictObject({ name: z.literal('results'), mountPath: z.literal('/results') }))
    .length(1),
});
const pod = z.strictObject({
  spec: z.strictObject({
    restartPolicy: z.literal('Never'),
    securityContext: z.strictObject({ fsGroup: z.literal(1000) }),
    containers: z.array(container).length(1),
    volumes: z
      .array(
        z.strictObject({
          name: z.literal('results'),
          persistentVolumeClaim: z.strictObject({ claimName: z.literal('parsimony-results') }),
        }),
      )
      .length(1),
  }),
});
const metadata = z.strictObject({ name: z.string().regex(/^[a-z0-9-]{1,63}$/) });
/** The part of Kubernetes' own schema that the file uses: unknown fields are faults here too, as with `kubectl apply`. */
const resource = z.discriminatedUnion('kind', [
  z.strictObject({
    apiVersion: z.literal('v1'),
    kind: z.literal('PersistentVolumeClaim'),
    metadata,
    spec: z.strictObject({
      accessModes: z.tuple([z.literal('ReadWriteMany')]),
      resources: z.strictObject({ requests: z.strictObject({ storage: z.string().regex(/^\d+Gi$/) }) }),
    }),
  }),
  z.strictObject({
    apiVersion: z.literal('batch/v1'),
    kind: z.literal('Job'),
    metadata,
    spec: z.strictObject({
      completionMode: z.literal('Indexed'),
      completions: z.int().positive(),
      parallelism: z.int().positive(),
      backoffLimitPerIndex: z.int().positive(),
      maxFailedIndexes: z.int().positive(),
      podFailurePolicy: z.strictObject({
        rules: z.array(
          z.strictObject({
            action: z.literal('Ignore'),
            onPodConditions: z.array(z.strictObject({ type: z.literal('DisruptionTarget') })),
          }),
        ),
      }),
      template: pod,
    }),
  }),
  z.strictObject({
    apiVersion: z.literal('batch/v1'),
    kind: z.literal('CronJob'),
    metadata,
    spec: z.strictObject({
      schedule: z.string().regex(/^(\S+ ){4}\S+$/),
      suspend: z.literal(true),
      jobTemplate: z.strictObject({ spec: z.strictObject({ backoffLimit: z.literal(0), template: pod }) }),
    }),
  }),
]);

describe('kubernetes.yaml', () => {
  const resources = parseAllDocuments(text('kubernetes.yaml')).map((document) => {
    expect(document.errors).toEqual([]);
    return resource.parse(document.toJS());
  });

  it('makes every shard exactly once: indices from 0, shards from 1', () => {
    standIn('parsimony.sh');
    const job = resources.find((one) => one.kind === 'Job');
    if (!job) throw new Error('There is no job.');
    const { completions, parallelism, maxFailedIndexes, template } = job.spec;
    expect(parallelism).toBeLessThanOrEqual(completions);
    expect(maxFailedIndexes).toBe(completions);
    const [program, flag, line] = template.spec.containers[0].command;
    expect([program, flag]).toEqual(['/bin/sh', '-c']);
    for (const index of [0, 1, completions - 1])
      shell(line.replace('/app/deploy/', ''), { JOB_COMPLETION_INDEX: String(index) });
    expect(readFileSync(log, 'utf8').trim().split('\n')).toEqual(
      [1, 2, completions].map(
        (k) =>
          `parsimony.sh experiment lambda-sweep --size full --shard ${k}/${completions} --jobs 2 --out /results`,
      ),
    );
  });

  it('asks for as many cores as it uses threads, and joins what its job makes', () => {
    const [job, report] = ['Job', 'CronJob'].map((kind) => resources.find((one) => one.kind === kind));
    if (job?.kind !== 'Job' || report?.kind !== 'CronJob') throw new Error('There is no job.');
    const [shard] = job.spec.template.spec.containers;
    expect(shard.command[2]).toContain(`--jobs ${shard.resources?.requests.cpu} `);
    const [line] = report.spec.jobTemplate.spec.template.spec.containers[0].command.slice(2);
    expect(line).toContain('merge /results --experiment lambda-sweep');
    expect(spawnSync('bash', ['-n', '-c', line]).status).toBe(0);
  });
});

describe('github-actions.yml', () => {
  const step = z.union([
    z.strictObject({
      uses: z.string().regex(/^actions\/[a-z-]+@v\d+$/),
      with: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
      if: z.literal('always()').optional(),
      'continue-on-error': z.literal(true).optional(),
    }),
    z.strictObject({ run: z.string() }),
  ]);
  const job = { 'runs-on': z.literal('ubuntu-latest'), steps: z.array(step).min(3) };
  const workflow = z.strictObject({
    name: z.string(),
    on: z.strictObject({
      workflow_dispatch: z.strictObject({
        inputs: z.record(
          z.string(),
          z.strictObject({ description: z.string(), default: z.string(), required: z.boolean() }),
        ),
      }),
    }),
    jobs: z.strictObject({
      shard: z.strictObject({
        ...job,
        strategy: z.strictObject({
          'fail-fast': z.literal(false),
          matrix: z.strictObject({ k: z.array(z.int()) }),
        }),
      }),
      report: z.strictObject({ ...job, needs: z.literal('shard'), if: z.literal('always()') }),
    }),
  });
  const { jobs } = workflow.parse(parse(text('github-actions.yml')));

  it('makes every shard exactly once, and keeps what was made of one that failed', () => {
    const { k } = jobs.shard.strategy.matrix;
    expect(k).toEqual(k.map((_, i) => i + 1));
    const made = jobs.shard.steps.flatMap((one) => ('run' in one ? one.run : []));
    expect(made.at(-1)).toContain(`--shard "\${{ matrix.k }}/${k.length}"`);
    const kept = jobs.shard.steps.at(-1);
    expect(kept).toMatchObject({
      uses: 'actions/upload-artifact@v4',
      if: 'always()',
      with: { overwrite: true },
    });
  });

  it('calls the command line by words it knows', () => {
    const lines = Object.values(jobs).flatMap(({ steps }) =>
      steps.flatMap((one) => ('run' in one ? one.run : [])),
    );
    for (const line of lines)
      expect(spawnSync('bash', ['-n', '-c', line.replace(/\$\{\{.*?\}\}/g, 'x')]).status).toBe(0);
    expect(
      lines.filter((line) => line.startsWith('deploy/parsimony.sh')).map((line) => line.split(' ')[1]),
    ).toEqual(['experiment', 'merge', 'report']);
  });
});

describe('Dockerfile', () => {
  const lines = readFileSync('Dockerfile', 'utf8')
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '');
  const of = (instruction: string): string[] =>
    lines
      .filter((line) => line.startsWith(`${instruction} `))
      .map((line) => line.slice(instruction.length + 1));

  it('has instructions Docker knows, sound shell lines, and copies what is there', () => {
    const known = ['FROM', 'WORKDIR', 'COPY', 'RUN', 'ARG', 'ENV', 'USER', 'EXPOSE', 'ENTRYPOINT', 'CMD'];
    expect(lines.filter((line) => !known.includes(line.split(' ')[0]))).toEqual([]);
    for (const line of of('RUN')) expect(spawnSync('bash', ['-n', '-c', line]).status).toBe(0);
    const copied = of('COPY').filter((line) => !line.startsWith('--from'));
    for (const name of copied.flatMap((line) => line.split(' ').slice(0, -1)))
      expect(existsSync(name)).toBe(true);
    const [entry, command] = [of('ENTRYPOINT')[0], of('CMD')[0]].map((line) => JSON.parse(line) as string[]);
    expect(existsSync(entry[2].replace('/app/', ''))).toBe(true);
    expect(command).toEqual(['serve']);
  });

  it('starts from a Node that this project runs on', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
    const least = Number(/^>=(\d+)/.exec(engines.node)?.[1]);
    for (const image of of('FROM')) expect(Number(/^node:(\d+)-/.exec(image)?.[1])).toBeGreaterThan(least);
    expect(of('FROM').map((image) => image.split(' ')[0])).toEqual(Array(2).fill('node:22-bookworm-slim'));
  });
});
