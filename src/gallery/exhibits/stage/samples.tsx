import { Stage } from '../../../ui/stage/Stage';
import { startedNetwork } from '../../data/stageStates';
import { FIXED_SAMPLES } from '../../data/samples';
import type { Exhibit, ExhibitState } from '../../exhibit';

const sample = (name: string, prepare: () => void): ExhibitState => ({
  name,
  show: (
    <div style={{ position: 'relative', height: '100%' }}>
      <Stage />
    </div>
  ),
  window: { width: 656, height: 440, prepare },
});

export const sampleStageExhibit: Exhibit = {
  part: 'Stage, by kind of sample',
  states: [
    sample('points of the plane', () =>
      startedNetwork({ data: 'spirals', hidden: [12, 6] }, FIXED_SAMPLES.points),
    ),
    sample('a trace over time', () =>
      startedNetwork({ data: 'heartbeats', hidden: [24] }, FIXED_SAMPLES.traces),
    ),
    sample('frames of events, without motion', () =>
      startedNetwork({ data: 'events', hidden: [16] }, FIXED_SAMPLES.events),
    ),
    sample('a short text', () => startedNetwork({ data: 'glosses', hidden: [24] }, FIXED_SAMPLES.texts)),
  ],
};
