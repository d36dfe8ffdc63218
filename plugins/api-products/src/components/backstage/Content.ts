export { Content } from '@backstage/core-components';
