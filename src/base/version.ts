import { version } from '../../package.json';

/** The version of the lab that results are marked with. */
export const LAB_VERSION: string = version;
