import { describe, expect, it } from 'vitest';
import { decodeConfiguration } from '../configuration/url';
import { asksForDebug, checksAlways, isDebugWorker, withDebugKept, workerName } from './debugAddress';

describe('debug=1 in the address', () => {
  it('reaches workers by their names, and only where it is asked for', () => {
    for (const query of ['?debug=1', '?v=1&debug=1&seed=3']) {
      expect(asksForDebug(query)).toBe(true);
      expect(isDebugWorker(workerName('training', query))).toBe(true);
    }
    for (const query of ['', '?debug=0', '?v=1&seed=3', '?debug']) {
      expect(asksForDebug(query)).toBe(false);
      expect(workerName('training', query)).toBe('training');
    }
    expect(isDebugWorker('training')).toBe(false);
  });

  it('stays in the address when settings change, and is no setting', () => {
    expect(withDebugKept('http://host/', '?debug=1')).toBe('http://host/?debug=1');
    expect(withDebugKept('http://host/?v=1&seed=3', '?v=1&debug=1')).toBe('http://host/?v=1&seed=3&debug=1');
    expect(withDebugKept('http://host/?v=1', '?v=1')).toBe('http://host/?v=1');
    expect(decodeConfiguration('?debug=1').notices).toEqual([]);
    expect(decodeConfiguration('?bug=1').notices).toHaveLength(1);
  });
});

describe('check=always in the address', () => {
  it('reaches workers beside debug=1, stays in the address, and is no setting', () => {
    expect(checksAlways(workerName('training', '?check=always'))).toBe(true);
    expect(checksAlways(workerName('training', '?check=1'))).toBe(false);
    const both = workerName('training', '?debug=1&check=always');
    expect([isDebugWorker(both), checksAlways(both)]).toEqual([true, true]);
    expect(withDebugKept('http://host/?v=1', '?check=always')).toBe('http://host/?v=1&check=always');
    expect(decodeConfiguration('?check=always').notices).toEqual([]);
  });
});
