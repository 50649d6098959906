import { errorMessage } from '../base/errorMessage';
import { writeNetwork } from '../network/files/networkFile';
import type { ProbeFile } from '../network/files/probeFile';
import type { NetworkRecord } from '../network/files/record';
import { initialTrainingState } from '../network/initialise';
import { parameterCount, layerWidths, type TrainingState } from '../network/network';
import { referenceForward } from '../network/reference';
import { logitAccuracy, logitDeviation } from '../topology/invariance';
import { applyOperation } from '../topology/operations/operations';
import { type CliCommand, onlyFile, parseOptions } from './command';
import { Failure } from './failure';
import { finiteLogits, loadNetwork, loadProbe, writeFileAtomically } from './files';
import { nonZeroParameters, ZERO_THRESHOLD } from '../topology/sparsity';
import { GROW_SEED, operationOf } from './operation';
import { accuracyLine, printLines, matrixRows, shortNumber, alignedTable } from './print';

const help = `Usage: npm run -s parsimony -- surgery NET.safetensors --probe PROBE.safetensors
         --op OPERATION [--op OPERATION …] --out OUT.safetensors [--json]

Reshapes a network in float64 and measures after each operation what it did to the logits of the probe.

  --op left:L          left-diagonalise: the units of hidden layer L become its singular directions
  --op full:L          full diagonalisation of weight_parameters.L (L of 1 or more)
  --op rotate:L:SEED   a random rotation of hidden layer L
  --op remove:L:K      remove the K units of smallest singular value; b*² goes into o and w*·b* into ψ, which are
                       switched to fixed where they are off (remove:L:K:approximate leaves them out)
  --op grow:L:K        add K units: zero rows, outgoing weights 0.01·normal from seed ${GROW_SEED} (grow:L:K:SEED for another)

  L counts from 0: hidden layer L is the one that weight_parameters.L writes. Operations are done in the order given.

  --probe FILE   tensor x [N, in], standardised as the network was trained; labels [N] are not needed, but with
                 them the accuracy is told, too
  --out FILE     the network afterwards, F64; written only if every operation was possible
  --json         {"operations": [{"op", "epsilonScaledPercent", "klNats", "maxAbsLogit", "sigmaRemoved", "widths",
                 "parameters", "nonZeroParameters"}], "logits": N × out}: differences from before to after each
                 operation, parameters trained and those of them above ${ZERO_THRESHOLD} in size, logits at the end
  --help         this text`;

/** What one operation did; the fields are those of the answer in JSON. */
interface Report {
  op: string;
  epsilonScaledPercent: number;
  klNats: number;
  maxAbsLogit: number;
  sigmaRemoved: number[];
  widths: number[];
  parameters: number;
  nonZeroParameters: number;
}

interface Outcome {
  state: TrainingState;
  reports: Report[];
  before: Float64Array;
  logits: Float64Array;
}

function perform(start: TrainingState, ops: readonly string[], { x, n, labels }: ProbeFile): Outcome {
  const operations = ops.map(operationOf);
  const probe = { x, n, labels: labels ?? new Float64Array(n) };
  const before = finiteLogits(referenceForward(start.network, x, n).logits);
  let state = start;
  let logits = before;
  const reports = operations.map((operation, i): Report => {
    let done: ReturnType<typeof applyOperation>;
    try {
      done = applyOperation(state, operation, { probe });
    } catch (error) {
      throw new Failure(`--op ${ops[i]} (L counts from 0): ${errorMessage(error)}`, { cause: error });
    }
    ({ state } = done);
    const { network } = state;
    const after = finiteLogits(referenceForward(network, x, n).logits);
    const { epsilonScaledPercent, klNats, maxAbsLogit } = logitDeviation(
      logits,
      after,
      Array.from(probe.labels),
      network.spec.outputs,
    );
    logits = after;
    return {
      op: ops[i],
      epsilonScaledPercent,
      klNats,
      maxAbsLogit,
      sigmaRemoved: [...done.sigmaRemoved],
      widths: layerWidths(network.spec),
      parameters: parameterCount(network.spec),
      nonZeroParameters: nonZeroParameters(network, ZERO_THRESHOLD),
    };
  });
  return { state, reports, before, logits };
}

/**
 * The record of the network file that is written: what the file that was read says, and the operations that were carried
 * out.
 */
function recordAfter(record: NetworkRecord | null, ops: readonly string[]): NetworkRecord {
  const provenance = record?.provenance ?? { madeBy: 'Parsimony, command line', step: null, seed: null };
  return {
    standardisation: record?.standardisation ?? null,
    provenance: { ...provenance, operations: [...(provenance.operations ?? []), ...ops] },
    configuration: record?.configuration ?? null,
  };
}

function tell({ reports, before, logits }: Outcome, { n, labels }: ProbeFile, out: string): void {
  const classes = logits.length / n;
  const heads = ['operation', 'ε %', 'KL nats', 'max |Δlogit|', 'widths', 'parameters', 'non-zero'];
  const rows = reports.map((report) => [
    report.op,
    shortNumber(report.epsilonScaledPercent),
    shortNumber(report.klNats),
    shortNumber(report.maxAbsLogit),
    report.widths.join('→'),
    String(report.parameters),
    String(report.nonZeroParameters),
  ]);
  printLines(alignedTable([heads, ...rows]));
  for (const { op, sigmaRemoved } of reports)
    if (sigmaRemoved.length > 0) printLines(`${op} removed σ ${sigmaRemoved.map(shortNumber).join(' ')}`);
  if (labels) {
    const [was, is] = [before, logits].map((values) =>
      accuracyLine(logitAccuracy(values, labels, n, classes), n),
    );
    printLines(`${was} before, ${is.toLowerCase()} after`);
  }
  printLines(`Written to ${out}`);
}

function run(args: readonly string[]): void {
  const { values, positionals } = parseOptions(args, {
    probe: { type: 'string' },
    op: { type: 'string', multiple: true },
    out: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const file = loadNetwork(onlyFile(positionals, 'NET.safetensors'));
  const { probe: probeName, op: ops = [], out } = values;
  if (probeName === undefined) throw new Failure('--probe PROBE.safetensors is missing.');
  if (ops.length === 0) throw new Failure('There is nothing to do: name an operation with --op.');
  if (out === undefined) throw new Failure('--out OUT.safetensors is missing.');
  const probe = loadProbe(probeName, file);
  const outcome = perform(initialTrainingState(file.network, 'sgd'), ops, probe);
  writeFileAtomically(out, writeNetwork(outcome.state.network, recordAfter(file.record, ops), 'F64'));
  if (values.json)
    printLines(JSON.stringify({ operations: outcome.reports, logits: matrixRows(outcome.logits, probe.n) }));
  else tell(outcome, probe, out);
}

export const surgeryCommand: CliCommand = { help, run };
