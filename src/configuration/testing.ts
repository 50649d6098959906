import fc from 'fast-check';
import { type FieldShape, fieldShape } from './fieldShapes';
import { type Configuration, DEFAULT_CONFIGURATION, INDEX_LIMITS, type ScheduledSwitch } from './schema';

/** Any value of a field, drawn from its shape: a field that is added to the schema is tested without another line here. */
function anyValue(shape: FieldShape): fc.Arbitrary<unknown> {
  const { type, minimum: min, maximum: max, items, anyOf } = shape;
  if (anyOf) return fc.oneof(...anyOf.map(anyValue));
  if (shape.enum) return fc.constantFrom(...shape.enum);
  if (shape.const !== undefined) return fc.constant(shape.const);
  if (type === 'null') return fc.constant(null);
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer') return fc.integer({ min, max });
  // An exact −0 would come back as 0, which is the same setting.
  if (type === 'number') return fc.double({ min, max, noNaN: true }).map((value) => value + 0);
  if (type !== 'array' || !items) throw new Error(`There is no arbitrary for ${JSON.stringify(shape)}.`);
  const length = { minLength: shape.minItems, maxLength: shape.maxItems };
  return shape.uniqueItems ? fc.uniqueArray(anyValue(items), length) : fc.array(anyValue(items), length);
}

const anyTasks = (count: number): fc.Arbitrary<number[]> =>
  fc.subarray(
    Array.from({ length: count }, (_, task) => task),
    { minLength: 1 },
  );

/** Switches in order, no step twice. */
function anySchedule(tasks: number): fc.Arbitrary<ScheduledSwitch[]> {
  const { maxItems: maxLength } = fieldShape('schedule');
  const one = fc.record({ step: fc.integer({ min: 0, max: 1_000_000 }), tasks: anyTasks(tasks) });
  return fc
    .uniqueArray(one, { maxLength, selector: ({ step }) => step })
    .map((switches) => switches.sort((a, b) => a.step - b.step));
}

/** Any valid configuration; on a data set of so many classes and tasks, where they are given. */
export function anyConfiguration({
  classes = INDEX_LIMITS.classes,
  tasks = INDEX_LIMITS.tasks,
  ...fixed
}: { classes?: number; tasks?: number; data?: Configuration['data'] } = {}): fc.Arbitrary<Configuration> {
  const fields = Object.keys(DEFAULT_CONFIGURATION) as (keyof Configuration)[];
  const drawn = fields.map((field) => [
    field,
    field === 'schedule' ? anySchedule(tasks) : anyValue(fieldShape(field)),
  ]);
  const record = fc.record(Object.fromEntries(drawn) as Record<keyof Configuration, fc.Arbitrary<unknown>>);
  const indices = fc.uniqueArray(fc.nat(classes - 1), { minLength: 1, maxLength: classes });
  return fc
    .tuple(record, fc.option(indices), anyTasks(tasks))
    .map(
      ([values, ticked, learnt]) =>
        ({ ...values, classes: ticked, tasks: learnt, ...fixed }) as Configuration,
    );
}
