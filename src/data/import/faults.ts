import { IMPORT_LIMITS } from './limits';

/** What was wrong on the way, for the visitor: the first ones in words, all of them counted. */
export interface FaultReport {
  listed: string[];
  total: number;
}

/** Collects problems that do not end an import: a row, a picture, a file is left out and named. */
export class ImportFaults {
  private readonly listed: string[] = [];
  private total = 0;

  /** A collection that begins with what another one holds. */
  static from(other: ImportFaults): ImportFaults {
    const faults = new ImportFaults();
    faults.listed.push(...other.listed);
    faults.total = other.total;
    return faults;
  }

  add(file: string, problem: string): void {
    this.total++;
    if (this.listed.length < IMPORT_LIMITS.listed) this.listed.push(`${file}: ${problem}`);
  }

  get report(): FaultReport {
    return { listed: [...this.listed], total: this.total };
  }
}
