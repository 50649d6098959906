import { join } from 'node:path';
import { NAMES, type Pack } from './pack';
import { debianPackage, readVerified } from './sources';

const SOURCE = 'dataset-fashion-mnist';

const NOTICE = `Fashion-MNIST

60,000 training and 10,000 test images of 28 x 28 pixels in 10 classes of articles sold by Zalando.
https://github.com/zalandoresearch/fashion-mnist

H. Xiao, K. Rasul, R. Vollgraf: Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms.
arXiv:1708.07747, 2017.

Changes: none. The files are those of the Debian package ${SOURCE}; copied by "npm run data".

The MIT License (MIT)

Copyright (c) 2017 Zalando SE, https://tech.zalando.com

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;

/** Fashion-MNIST as Debian ships it, untouched. */
export function makeFashion(temporary: string): Pack {
  const folder = join(debianPackage(SOURCE, temporary), 'usr/share/datasets/fashion-mnist');
  const file = (name: string, sha256: string): Uint8Array =>
    readVerified(join(folder, name), 'sha256', sha256);
  return {
    id: 'fashion-mnist',
    byteMax: 255,
    files: {
      trainImages: file(
        NAMES.trainImages,
        'b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7',
      ),
      trainLabels: file(
        NAMES.trainLabels,
        '0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056',
      ),
      testImages: file(NAMES.testImages, 'cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa'),
      testLabels: file(NAMES.testLabels, '8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05'),
    },
    notice: NOTICE,
  };
}
