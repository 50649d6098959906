import { create } from 'zustand';

/**
 * Where in the page the address points: its part after "#", with the "#" ("" for the lab itself). What is shown is worked out from this
 * state, never from the address directly.
 */
export const useRoute = create<{ hash: string }>()(() => ({ hash: '' }));

const read = (): void => useRoute.setState({ hash: window.location.hash });

/** Takes the state from the address, now and whenever the visitor follows a link or goes back. Called once, before the first render. */
export function followRoute(): void {
  window.addEventListener('hashchange', read);
  window.addEventListener('popstate', read);
  read();
}

/** Goes to a place ("#/experiments"), or with null to the lab itself. The browser's Back returns. */
export function pushRoute(hash: string | null): void {
  const { pathname, search } = window.location;
  window.history.pushState(null, '', hash ?? `${pathname}${search}`);
  read();
}
