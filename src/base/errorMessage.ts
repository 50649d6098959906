/** The sentence in whatever was thrown: the message of an Error, anything else as text. */
export const errorMessage = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
