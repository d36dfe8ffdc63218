export { Page } from '@backstage/core-components';
