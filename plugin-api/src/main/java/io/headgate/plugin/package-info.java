package io.headgate.plugin;
