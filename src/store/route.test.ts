import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followRoute, pushRoute, useRoute } from './route';

/** A window with an address and a Back button, as far as routing needs one. */
function fakeWindow(address: string) {
  const events = new EventTarget();
  const visited = [new URL(address)];
  const at = (): URL => visited[visited.length - 1];
  return {
    addEventListener: events.addEventListener.bind(events),
    get location() {
      return at();
    },
    history: {
      pushState: (_state: null, _title: string, to: string) => void visited.push(new URL(to, at())),
    },
    back: () => {
      visited.pop();
      events.dispatchEvent(new Event('popstate'));
    },
    follow: (hash: string) => {
      visited.push(new URL(hash, at()));
      events.dispatchEvent(new Event('hashchange'));
    },
  };
}

describe('the route', () => {
  let page: ReturnType<typeof fakeWindow>;
  beforeEach(() => {
    page = fakeWindow('https://lab.test/sub/?seed=8#/experiments');
    vi.stubGlobal('window', page);
    followRoute();
  });
  afterEach(() => vi.unstubAllGlobals());
  const hash = (): string => useRoute.getState().hash;

  it('begins with the address of the page', () => {
    expect(hash()).toBe('#/experiments');
  });

  it('follows where the page itself goes, and keeps the configuration in the address', () => {
    pushRoute('#/experiments/lambda-sweep');
    expect(hash()).toBe('#/experiments/lambda-sweep');
    pushRoute(null);
    expect(hash()).toBe('');
    expect(page.location.href).toBe('https://lab.test/sub/?seed=8');
  });

  it('follows links and the Back button', () => {
    page.follow('#/experiments/noise-floor');
    expect(hash()).toBe('#/experiments/noise-floor');
    page.back();
    expect(hash()).toBe('#/experiments');
  });
});
