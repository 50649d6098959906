import { widths } from '../network/network';
import { forward } from '../network/reference';
import { accuracyOf } from '../topology/invariance';
import { svd } from '../topology/linear/svd';
import { type Command, only, options } from './command';
import { Failure } from './failure';
import { finiteLogits, loadNetwork, loadProbe } from './files';
import { accuracyLine, logitTable, print, rowsOf, short } from './print';

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
  const { values, positionals } = options(args, {
    probe: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const file = loadNetwork(only(positionals, 'NET.safetensors'));
  if (values.probe === undefined) throw new Failure('--probe PROBE.safetensors is missing.');
  const probe = loadProbe(values.probe, file);
  const { network } = file;
  const { spec, parameters } = network;
  const logits = finiteLogits(forward(network, probe.x, probe.n).logits);
  const sigma = parameters.weights.map((w) => [...svd(w).sigma]);
  const accuracy = probe.labels && accuracyOf(logits, probe.labels, probe.n, spec.outputs);
  if (values.json) {
    const answer = { logits: rowsOf(logits, probe.n), singularValues: sigma };
    print(JSON.stringify(accuracy === null ? answer : { ...answer, accuracy }));
    return;
  }
  print(`${widths(spec).join('→')} · ${spec.activation} · ${probe.n} images`);
  print(`\nLogits\n${logitTable(logits, probe.n)}`);
  print('\nSingular values');
  sigma.forEach((values, l) => print(`weight_parameters.${l}: ${values.map(short).join(' ')}`));
  if (accuracy !== null) print(`\n${accuracyLine(accuracy, probe.n)}`);
}

export const evaluate: Command = { help, run };
