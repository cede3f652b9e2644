import { addIcons } from './icons';
import { moreIconPaths } from './more-icon-paths';

addIcons(moreIconPaths);
