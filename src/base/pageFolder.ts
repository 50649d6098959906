/**
 * The folder of the page as an absolute address that ends in "/": data packs and shipped results lie in it, so that they are found from
 * any sub-path and offline. For threads that have a page; a worker is told it.
 */
export const pageFolder = (): string => new URL('.', window.location.href).href;
