import { version } from '../../package.json';

/** Version of the lab, as results are marked with. */
export const LAB_VERSION: string = version;
