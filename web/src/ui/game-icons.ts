import { gameIconPaths } from './game-icon-paths';
import { addIcons } from './icons';

addIcons(gameIconPaths);
