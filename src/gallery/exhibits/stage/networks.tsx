import { Stage } from '../../../ui/stage/Stage';
import { beginRun } from '../../data/labStates';
import { brokenNetwork, fadedNetwork, networkOnPath, SMALL, startedNetwork } from '../../data/stageStates';
import type { Exhibit, ExhibitState } from '../../exhibit';

const WIDE = { width: 656, height: 440 };
const stage = (name: string, prepare: () => void, size = WIDE): ExhibitState => ({
  name,
  show: (
    <div style={{ position: 'relative', height: '100%' }}>
      <Stage />
    </div>
  ),
  window: { ...size, prepare },
});

export const stageExhibit: Exhibit = {
  part: 'Stage',
  states: [
    stage('rows of many lengths, with σ', () => fadedNetwork()),
    stage('half-way along a path, with a twin', networkOnPath, { width: 656, height: 560 }),
    stage('no image yet', () => startedNetwork(SMALL, null), { width: 656, height: 300 }),
    stage('the bars of one image', () => fadedNetwork(false, { barMode: 'image', focus: 1 })),
  ],
};

export const extremeStageExhibit: Exhibit = {
  part: 'Stage, empty and extreme',
  states: [
    stage('one unit', () => startedNetwork({ data: 'mnist', hidden: [1] })),
    stage('320 units', () => startedNetwork({ data: 'mnist', hidden: [320, 64] })),
    stage('weights that are no numbers', brokenNetwork),
    stage('no weights yet', () => beginRun({ hidden: [1024, 1024] }), { width: 656, height: 120 }),
  ],
};

export const phoneStageExhibit: Exhibit = {
  part: 'PhoneStage',
  states: [
    stage('a network', () => fadedNetwork(), { width: 390, height: 340 }),
    stage('convolutions', () => startedNetwork({ data: 'mnist', architecture: 'cnn', activation: 'relu' }), {
      width: 390,
      height: 340,
    }),
    stage('no weights yet', () => beginRun({ hidden: [1024, 1024] }), { width: 390, height: 100 }),
  ],
};

export const architectureStageExhibit: Exhibit = {
  part: 'Stage, by architecture',
  states: [
    stage('convolutions', () => startedNetwork({ data: 'mnist', architecture: 'cnn', activation: 'relu' })),
    stage('neurons and glia', () =>
      startedNetwork({ ...SMALL, architecture: 'bimodal', regulation: 'multiply', activation: 'relu' }),
    ),
    stage('kinetic, potential and coupling paths', () =>
      startedNetwork({ ...SMALL, architecture: 'lagrangian', activation: 'relu', mu: 2 }),
    ),
  ],
};
