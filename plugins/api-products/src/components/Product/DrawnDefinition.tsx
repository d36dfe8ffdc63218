/**
 * A definition as the app draws it, to be read. Swagger's "Try it out" is off unless the app brings a widget of its own
 * that makes it work: the browser would call the first server that the document names, which need not be the gateway,
 * and a gateway answers pages of another origin only where the API's owner has switched CORS on.
 */
import { cloneElement, isValidElement, type ReactElement } from 'react';
import { isApiEntity, type Entity } from '@backstage/catalog-model';
import { CardTab, TabbedCard } from '@backstage/core-components';
import { useApiHolder } from '@backstage/core-plugin-api';
import {
  OpenApiDefinitionWidget,
  PlainApiDefinitionWidget,
  apiDocsConfigRef,
  type ApiDefinitionWidget,
} from '@backstage/plugin-api-docs';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../../hooks/useT';
import { Undrawable } from './Undrawable';

const useStyles = makeStyles(
  {
    // Asks for a key that nothing would use.
    readOnly: { '& .auth-wrapper': { display: 'none' } },
  },
  { name: 'ApiProductsDrawnDefinition' },
);

/** Whether it is Backstage's own widget as it comes, with no word of the app on how calls are made. */
const isPlainSwagger = (drawn: unknown): drawn is ReactElement =>
  isValidElement<Record<string, unknown>>(drawn) &&
  drawn.type === OpenApiDefinitionWidget &&
  drawn.props.requestInterceptor === undefined &&
  drawn.props.supportedSubmitMethods === undefined;

function Drawn({
  widget,
  definition,
}: {
  widget: ApiDefinitionWidget;
  definition: string;
}) {
  const classes = useStyles();
  const drawn = widget.component(definition);
  return isPlainSwagger(drawn) ? (
    <div className={classes.readOnly}>
      {cloneElement(drawn, { supportedSubmitMethods: [] })}
    </div>
  ) : (
    <>{drawn}</>
  );
}

export function DrawnDefinition(props: {
  name: string;
  entity: Entity;
  definition: string;
}) {
  const { name, entity, definition } = props;
  const t = useT();
  const config = useApiHolder().get(apiDocsConfigRef);
  const widget =
    config && isApiEntity(entity)
      ? config.getApiDefinitionWidget(entity)
      : undefined;
  const raw = (
    <PlainApiDefinitionWidget
      definition={definition}
      language={widget?.rawLanguage ?? 'yaml'}
    />
  );
  if (!widget) {
    return raw;
  }
  return (
    <TabbedCard title={name}>
      <CardTab label={widget.title}>
        <Undrawable
          key={definition}
          instead={({ message }) => (
            <>
              <Typography gutterBottom>
                {t('product.definition.undrawable', {
                  format: widget.title,
                  reason: message,
                })}
              </Typography>
              {raw}
            </>
          )}
        >
          <Drawn widget={widget} definition={definition} />
        </Undrawable>
      </CardTab>
      <CardTab label={t('product.definition.raw')}>{raw}</CardTab>
    </TabbedCard>
  );
}
