import { useEffect, useRef, useState } from 'react';
import { intrinsicLengthSetting } from '../../../network/settings';
import { O_FLOOR } from '../../../network/spec';
import { useLab } from '../../../store/lab';
import { actions } from '../../kit/actions';
import { type SweepGrid, shareAt } from './map/grid';

export interface MapMove {
  lambda?: number;
  o?: number;
}

/** Your network on the map: its λ, the o of its focus layer, where it stands, and how it is moved. */
export interface OwnNetwork {
  lambda: number;
  o: number;
  x: { share: number; inside: boolean };
  y: { share: number; inside: boolean };
  /** Sets λ, and o in every hidden layer, at most once a frame. */
  move: (to: MapMove) => void;
}

export function useOwnNetwork({ lambdas, os }: SweepGrid): OwnNetwork {
  const lambda = useLab((lab) => lab.configuration.lambda);
  const snapshot = useLab((lab) => lab.snapshots.main);
  const live = useLab(
    (lab) => snapshot?.o.at(lab.ui.focus) ?? intrinsicLengthSetting(lab.configuration, lab.ui.focus),
  );
  const held = useLab((lab) => lab.ui.held !== null);
  // What the hand has just set is shown until a snapshot taken after it arrives.
  const [pending, setPending] = useState<{ o: number; seen: unknown } | null>(null);
  if (pending && !held && pending.seen !== snapshot) setPending(null);

  const waiting = useRef<number | null>(null);
  const next = useRef<MapMove>({});
  useEffect(
    () => () => {
      if (waiting.current !== null) cancelAnimationFrame(waiting.current);
    },
    [],
  );
  const o = Math.max(O_FLOOR, pending?.o ?? live);
  const move = (to: MapMove): void => {
    next.current = { ...next.current, ...to };
    if (to.o !== undefined) setPending({ o: to.o, seen: snapshot });
    waiting.current ??= requestAnimationFrame(() => {
      const { control } = actions();
      const { lambda: value, o: length } = next.current;
      waiting.current = null;
      next.current = {};
      const { configuration } = useLab.getState();
      if (value !== undefined && value !== configuration.lambda) control({ name: 'lambda', value });
      if (length !== undefined)
        configuration.hidden.forEach((_, layer) => control({ name: 'o', layer, value: length }));
    });
  };
  return { lambda, o, x: shareAt(o, os), y: shareAt(lambda, lambdas), move };
}
