using Voltgate.Server;
using Voltgate.Server.Hosting;

await VoltgateHost.Build(new ServerOptions(), TimeProvider.System).RunAsync();
