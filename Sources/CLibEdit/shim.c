int zkcli_placeholder;
