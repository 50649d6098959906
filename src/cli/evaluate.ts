import { layerWidths } from '../network/network';
import { referenceForward } from '../network/reference';
import { logitAccuracy } from '../topology/invariance';
import { svd } from '../topology/linear/svd';
import { type CliCommand, onlyFile, parseOptions } from './command';
import { Failure } from './failure';
import { finiteLogits, loadNetwork, loadProbe } from './files';
import { accuracyLine, logitTable, printLines, matrixRows, shortNumber } from './print';

const help = `Usage: npm run -s parsimony -- evaluate NET.safetensors --probe PROBE.safetensors [--json]

Prints the logits of a network on a set of inputs, and the singular values of every weight matrix, in float64.

  NET.safetensors    weight_parameters.{l} [out, in], bias_parameters.{l}, psi_parameters.{i} and
                     activation.{i}.intrinsic_length (log o) or activation.{i}.o_const; F32 or F64
  --probe FILE       tensor x [N, in], standardised as the network was trained (F32 or F64);
                     with a tensor labels [N] of class indices the accuracy is told, too
  --json             {"logits": N × out, "singularValues": one list per weight matrix, largest first}
                     and, with labels, "accuracy" (0 … 1)
  --help             this text`;

function run(args: readonly string[]): void {
  const { values, positionals } = parseOptions(args, {
    probe: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const file = loadNetwork(onlyFile(positionals, 'NET.safetensors'));
  if (values.probe === undefined) throw new Failure('--probe PROBE.safetensors is missing.');
  const probe = loadProbe(values.probe, file);
  const { network } = file;
  const { spec, parameters } = network;
  const logits = finiteLogits(referenceForward(network, probe.x, probe.n).logits);
  const sigma = parameters.weights.map((w) => [...svd(w).sigma]);
  const accuracy = probe.labels && logitAccuracy(logits, probe.labels, probe.n, spec.outputs);
  if (values.json) {
    const answer = { logits: matrixRows(logits, probe.n), singularValues: sigma };
    printLines(JSON.stringify(accuracy === null ? answer : { ...answer, accuracy }));
    return;
  }
  printLines(`${layerWidths(spec).join('→')} · ${spec.activation} · ${probe.n} images`);
  printLines(`\nLogits\n${logitTable(logits, probe.n)}`);
  printLines('\nSingular values');
  sigma.forEach((values, l) => printLines(`weight_parameters.${l}: ${values.map(shortNumber).join(' ')}`));
  if (accuracy !== null) printLines(`\n${accuracyLine(accuracy, probe.n)}`);
}

export const evaluateCommand: CliCommand = { help, run };
