/**
 * Words that need no explaining to somebody in the first year of studies. A new sentence may use any other plain word, once it stands
 * here: the list makes whoever writes it ask whether the word is plain, or should be an entry.
 */
const PLAIN = `
  about accurate across act activity acts add added addition adds advance after again against agree alike
  all almost alone along also always among an and another any anything apart approximately are arithmetic
  around arrow as aside asks at average averaged away axes axis back bags be beats becomes been before
  behave behind being belong belongs below bend bending bends beside best between beyond bits borders both
  bounds brain breaks brighter bring broke brought browser but by call can cannot card cards carries carry
  case cause cent certain chance change changed changes changing charts cheap checked choice chooses
  chosen claim click close closes clothes coloured column columns come comes common comparable compared
  comparison compute computed computers computes coordinates cost costs could counted counts crawls crowd
  curve curved dashed data decide decided decides deep depends did differ difference differently digits
  distances divide divided divides do does dot double down dragged draw drawn drive drown due each east
  edges electrical else end equal error evaluate every everything everywhere exactly examples exchanged
  explain explains extra eye fair fall falls far fastest few fewer figure fill fills find finds first five
  flat follows for form formula formulas found four frees from get give gives glance go goes gone graphics
  green grew grey guessing had half happened hard hardly hardware has have heart heartbeats help here hide
  hides high higher highest hill hills hold holds how however hundred if image images in independent
  instead into is it its itself judged judges jumps keep keeps kept kilogram kinds know known lab lacks
  large larger largest last latest leans least leave leaves less lesson lets lie lies like limits line
  lines list lists little lives log logarithm long longer look looked looking looks lost low lower lowered
  lowers lowest luck machine made make makes making many mark marks matrix matters may mean means measure
  measured measures mechanics meet meeting mere middle millionths minutes mixture more most moved moves
  moving much multiples multiplications multiplied named natural near nearly need needs negative never new
  next ninth no nobody none nor north not nothing now nowhere number numbers of offers often on once one
  ones only or ordered other others otherwise out over own page pale paper part parts pattern patterns per
  percentages permuted picture pictures place plain plainest plan positive press presses price processor
  products program proportion published pull pulls pure purple put puts question raises range reach read
  reads ready real regulate remembers repeated repeats results right rise rises room root rose rounds row
  rows running said same saved says score second see seen sees serves set sets settings several share
  shares shoes shorter show showing shows shrinks shuffling shuts side sides sign signs since single size
  sizes slid small smaller smallest so softly solid some something speaks special splits square squared
  squares stand stands start starts stay stayed stays steadier still straight stretch stretching strongly
  study subtract such suddenly suits sum sums sure switches table take taken takes tell tells ten texts
  than that the their them then there these they thin thing things thirty this those three through time
  times to together too towards town track true try turned twenty twice two typically uncertain under undo
  undone up upon use used usual value values varies vary view visit wait warm was way ways we web well
  went were what whatever when where wherever which whichever while whole wholly whose wide widely will
  wish with within without words work works worst worth would written wrong yet your yours zeros
`;

const plain = new Set(PLAIN.split(/\s+/));

/** Whether a word, in any case, counts as plain. */
export const isPlain = (word: string): boolean => plain.has(word.toLowerCase());
