/**
 * An error that is reported as one line on standard error. Any other error counts as a defect of the program and keeps
 * its stack trace.
 */
export class Failure extends Error {
  constructor(problem: string, options?: ErrorOptions) {
    super(problem, options);
    this.name = 'Failure';
  }
}
