export { Header } from '@backstage/core-components';
