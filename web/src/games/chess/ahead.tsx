import { t } from '../../i18n';
import { surplus } from './material';
import { PieceImage } from './piece';
import type { Color } from './rules';
import { opposite } from './select';
import { colorName } from './speech';

/** What a colour has more of in a position, as small figures and in pawns. */
export function Ahead({ fen, color }: { fen: string; color: Color }) {
  const { roles, points } = surplus(fen, color);
  const label = points > 0 ? t('chess.material', { color: colorName(color), n: points }) : undefined;
  return (
    <div class="material" title={label}>
      {roles.map(({ role, count }) => (
        <span class="surplus" key={role}>
          {Array.from({ length: count }, (_, i) => (
            <PieceImage key={i} color={opposite(color)} role={role} />
          ))}
        </span>
      ))}
      {points > 0 && <small>+{points}</small>}
    </div>
  );
}
