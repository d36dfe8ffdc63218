export { RoutedTabs } from '@backstage/core-components';
