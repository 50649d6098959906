import { DataError } from '../../formats/error';
import { IMPORT_LIMITS, megabytes } from '../limits';

/** The budget is used up: the whole import ends. */
export class BudgetError extends DataError {}

/** Bytes that may still be unpacked in one import; an archive that goes on beyond them is stopped there. */
export class UnpackBudget {
  private left: number;

  constructor(private readonly limit: number = IMPORT_LIMITS.inflated) {
    this.left = limit;
  }

  /** Bytes that may still come. */
  get remaining(): number {
    return this.left;
  }

  /** Takes `bytes` off, or throws a `BudgetError` named after `file`. */
  take(file: string, bytes: number): void {
    this.left -= bytes;
    if (this.left < 0)
      throw new BudgetError(
        file,
        `it unpacks to more than ${megabytes(this.limit)}, the most the lab opens (a zip bomb, or simply too much)`,
      );
  }
}
