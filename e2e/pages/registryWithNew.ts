/** Stands in for src/activations/registry.ts on the page of new activations: the lab's, and those of tests. */
import { ACTIVATION_REGISTRY as OWN } from '../../src/activations/registry';
import { BELL, SWISH, THRESHOLD_LENGTH } from '../../src/activations/testing';

export const ACTIVATION_REGISTRY = [...OWN, THRESHOLD_LENGTH, SWISH, BELL];
