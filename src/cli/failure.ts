/** A failure to be told as one line on standard error; anything else that is thrown is a defect and keeps its stack. */
export class Failure extends Error {
  constructor(problem: string, options?: ErrorOptions) {
    super(problem, options);
    this.name = 'Failure';
  }
}
