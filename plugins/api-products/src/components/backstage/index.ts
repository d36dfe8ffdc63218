/**
 * What later versions of Backstage deprecate, one file each: whoever moves a component to its successor does it there.
 * A lint rule keeps the rest of the plugin from importing it elsewhere.
 */
export { Content } from './Content';
export { Header } from './Header';
export { Link } from './Link';
export { LinkButton } from './LinkButton';
export { Page } from './Page';
export { RoutedTabs } from './RoutedTabs';
