import { ascii, starts } from './kinds';
import { baseName } from './pairing/paths';

/** A kind of file the lab does not read, how it is known, and what may be done instead. */
interface Foreign {
  what: string;
  instead: string;
  /** Its first bytes, where they tell. */
  bytes?: (bytes: Uint8Array) => boolean;
  /** Endings of its name. */
  name?: RegExp;
}

const CSV = 'save it as CSV (“CSV UTF-8”)';
const PANDAS = (read: string): string => `save it as CSV: pandas.${read}(…).to_csv("data.csv", index=False)`;
const NUMPY = 'save the arrays with numpy.savez("data.npz", X=…, y=…)';
const PNG = 'save the pictures as PNG or JPEG';
const UNPACK = 'unpack it, and drop the folder or a zip of it';

/** In order: bytes that tell come before names. */
const FOREIGN: readonly Foreign[] = [
  {
    what: 'a Parquet file',
    instead: PANDAS('read_parquet'),
    bytes: (b) => ascii(b, 0, 'PAR1'),
    name: /\.parquet$/i,
  },
  {
    what: 'an Arrow or Feather file',
    instead: PANDAS('read_feather'),
    bytes: (b) => ascii(b, 0, 'ARROW1') || ascii(b, 0, 'FEA1'),
    name: /\.(arrow|feather|ipc)$/i,
  },
  {
    what: 'an Excel workbook',
    instead: CSV,
    bytes: (b) => starts(b, 0xd0, 0xcf, 0x11, 0xe0),
    name: /\.(xlsx?|xlsm|xlsb)$/i,
  },
  { what: 'a spreadsheet', instead: CSV, name: /\.(ods|numbers)$/i },
  {
    what: 'an HDF5 file',
    instead: NUMPY,
    bytes: (b) => starts(b, 0x89, 0x48, 0x44, 0x46),
    name: /\.(h5|hdf5?|keras)$/i,
  },
  {
    what: 'a MATLAB file',
    instead: 'save the arrays with scipy.io.loadmat and numpy.savez("data.npz", X=…, y=…)',
    bytes: (b) => ascii(b, 0, 'MATLAB 5.0'),
    name: /\.mat$/i,
  },
  {
    what: 'a HEIC or AVIF picture',
    instead: PNG,
    bytes: (b) =>
      ascii(b, 4, 'ftyphei') || ascii(b, 4, 'ftypmif1') || ascii(b, 4, 'ftypavif') || ascii(b, 4, 'ftyphev'),
    name: /\.(heic|heif|avif)$/i,
  },
  {
    what: 'a TIFF picture',
    instead: PNG,
    bytes: (b) => starts(b, 0x49, 0x49, 0x2a, 0) || starts(b, 0x4d, 0x4d, 0, 0x2a),
    name: /\.tiff?$/i,
  },
  {
    what: 'a BMP picture',
    instead: PNG,
    bytes: (b) => ascii(b, 0, 'BM') && b.length > 26 && b[14] === 40,
    name: /\.bmp$/i,
  },
  {
    what: 'a picture of a kind browsers do not decode alike',
    instead: PNG,
    name: /\.(svg|ico|psd|jp2|jxl|pgm|ppm|pbm|pnm|raw|dng|cr2|nef|dcm)$/i,
  },
  { what: 'a 7z archive', instead: UNPACK, bytes: (b) => starts(b, 0x37, 0x7a, 0xbc, 0xaf), name: /\.7z$/i },
  { what: 'a RAR archive', instead: UNPACK, bytes: (b) => ascii(b, 0, 'Rar!'), name: /\.rar$/i },
  {
    what: 'packed by xz',
    instead: UNPACK,
    bytes: (b) => starts(b, 0xfd, 0x37, 0x7a, 0x58, 0x5a),
    name: /\.(xz|txz|lzma)$/i,
  },
  { what: 'packed by bzip2', instead: UNPACK, bytes: (b) => ascii(b, 0, 'BZh'), name: /\.(bz2|tbz2?)$/i },
  {
    what: 'packed by Zstandard',
    instead: UNPACK,
    bytes: (b) => starts(b, 0x28, 0xb5, 0x2f, 0xfd),
    name: /\.zstd?$/i,
  },
  {
    what: 'a SQLite database',
    instead: 'export the table as CSV',
    bytes: (b) => ascii(b, 0, 'SQLite format 3'),
    name: /\.(sqlite3?|db)$/i,
  },
  { what: 'a PDF document', instead: 'copy the table into a CSV file', bytes: (b) => ascii(b, 0, '%PDF') },
  {
    what: 'an ARFF file (Weka)',
    instead: 'save it as CSV in Weka (Save …, CSV data files)',
    bytes: (b) => /@relation/i.test(head(b)),
    name: /\.arff$/i,
  },
  {
    what: 'lines of JSON',
    instead: 'save it as CSV: pandas.read_json("…", lines=True).to_csv("data.csv", index=False)',
    name: /\.(jsonl|ndjson)$/i,
  },
  {
    what: 'a JSON file',
    instead: 'save its records as CSV: pandas.read_json("…").to_csv("data.csv", index=False)',
    bytes: (b) => /^\s*[[{]\s*["[{]/.test(head(b)),
    name: /\.json$/i,
  },
  {
    what: 'an XML file',
    instead: 'save its records as CSV',
    bytes: (b) => head(b).startsWith('<?xml'),
    name: /\.xml$/i,
  },
  {
    what: 'a file of Python objects (pickle), which may run programs',
    instead: NUMPY,
    name: /\.(pkl|pickle|p)$/i,
  },
  {
    what: 'a PyTorch file (pickled objects, which may run programs)',
    instead:
      'for data: numpy.savez; for a network: safetensors.torch.save_file(model.state_dict(), "network.safetensors")',
    name: /\.(pth?|ckpt)$/i,
  },
  { what: 'a TFRecord file', instead: NUMPY, name: /\.tfrecords?$/i },
  {
    what: 'an R data file',
    instead: 'save it as CSV: write.csv(data, "data.csv", row.names = FALSE)',
    bytes: (b) => ascii(b, 0, 'RDX'),
    name: /\.(rds|rdata|rda)$/i,
  },
  { what: 'a statistics package’s file', instead: CSV, name: /\.(sav|dta|sas7bdat|xpt|por)$/i },
  { what: 'a network', instead: 'drop it alone: it is imported as such', name: /\.safetensors$/i },
];

const head = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes.subarray(0, 2000));

/** What a file of a kind the lab does not read is, and what to do instead, as a sentence; null where nothing is known of it. */
export function foreign(path: string, bytes: Uint8Array): string | null {
  const name = baseName(path);
  const found =
    FOREIGN.find((one) => one.bytes?.(bytes) ?? false) ??
    FOREIGN.find((one) => one.name?.test(name) ?? false);
  return found ? `it is ${found.what}, which the lab does not read: ${found.instead}` : null;
}

/** What a zip is, where its entries tell that it is a document and no archive of data. */
export function foreignZip(paths: readonly string[], name: string): string | null {
  const has = (test: RegExp): boolean => paths.some((path) => test.test(path));
  if (has(/^xl\//) && has(/\[Content_Types\]\.xml$/))
    return `it is an Excel workbook, which the lab does not read: ${CSV}`;
  if (has(/^word\//) || has(/^ppt\//))
    return 'it is an Office document, which the lab does not read: bring its table as CSV';
  if (paths[0] === 'mimetype' && has(/^content\.xml$/))
    return `it is a spreadsheet or document, which the lab does not read: ${CSV}`;
  if (has(/\/data\.pkl$/) && has(/\/version$/)) return foreign('a.pt', new Uint8Array(0));
  return /\.(numbers|key|pages)$/i.test(name)
    ? `it is a document, which the lab does not read: ${CSV}`
    : null;
}
