import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../../i18n';
import { settings } from '../../../settings';
import type { Shape } from '../geometry';
import { sceneOf } from '../scene';
import type { Room } from '../state/room';
import { useFlights } from './fly';
import { Middle } from './middle';
import { Seat } from './seat';

export interface FeltProps {
  room: Room;
  /** By seat, in percent. */
  equities?: ReadonlyMap<number, number> | null | undefined;
  onSit?: ((seat: number) => void) | undefined;
  onClick?: () => void;
}

/** The table: felt, seats, chips and cards. It knows no server; a replay shows the same. */
export function Felt({ room, equities, onSit, onClick }: FeltProps) {
  const box = useRef<HTMLDivElement>(null);
  const shape = useShape(box);
  const scene = sceneOf(room, shape);
  useFlights(box, room, scene);
  const { deck, felt } = settings.value;
  return (
    <section class="felt-box" data-shape={shape} data-deck={deck} data-felt={felt} data-seats={room.chairs.length} aria-label={t('poker.table')}>
      <div class="felt-in" ref={box} onClick={onClick}>
        <div class="rail" aria-hidden="true">
          <div class="cloth" />
        </div>
        <Middle scene={scene} room={room} />
        {scene.seats.map((seat) => (
          <Seat
            key={seat.seat}
            room={room}
            scene={seat}
            bigBlind={scene.bigBlind}
            equity={equities?.get(seat.seat)}
            onSit={seat.kept && !onSit ? undefined : onSit}
          />
        ))}
      </div>
    </section>
  );
}

/** A box that is higher than wide is for a portrait table; a low one is for smaller things. */
function useShape(box: { current: HTMLDivElement | null }): Shape {
  const [shape, setShape] = useState<Shape>(() => (innerWidth < innerHeight ? 'portrait' : innerHeight < 480 ? 'short' : 'landscape'));
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = (): void => {
      const { width, height } = element.getBoundingClientRect();
      if (width > 0) setShape(width < height ? 'portrait' : height < 420 ? 'short' : 'landscape');
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return shape;
}
