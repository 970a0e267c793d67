using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;
using Voltgate.Server.Api;
using Voltgate.Server.Mail;
using Voltgate.Server.Stations;
using Voltgate.Server.Storage;
using Voltgate.Server.Webhooks;

namespace Voltgate.Server.Hosting;

/// <summary>
/// The composition root: every part of the server is plugged in here, one line each. Hosted parts start in the order
/// of their registration and stop in reverse, so the committer comes first and can still write while others drain.
/// </summary>
internal static class VoltgateHost
{
    /// <summary>
    /// Builds a server that <c>StartAsync</c> opens; with port 0 the address is found in <c>Urls</c>.
    /// </summary>
    /// <param name="logs">Changes where logs go; by default JSON lines on stderr.</param>
    public static WebApplication Build(ServerOptions options, TimeProvider clock, Action<ILoggingBuilder>? logs = null)
    {
        // Empty: no appsettings.json and no ASPNETCORE_ variables. Settings have one way in (Hosting/Settings.cs).
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "voltgate",
            ContentRootPath = AppContext.BaseDirectory,
        });
        Listen(builder.WebHost, options);
        Log(builder.Logging, logs);
        AddParts(builder.Services, options, clock);

        var app = builder.Build();
        app.UseMiddleware<PageHeaders>();
        app.UseMiddleware<DrainGate>();
        app.UseRouting();
        Map(app);
        return app;
    }

    /// <summary>The parts, in the order in which they start.</summary>
    private static void AddParts(IServiceCollection services, ServerOptions options, TimeProvider clock)
    {
        services.AddSingleton(options).AddSingleton(clock).AddSingleton<Entropy>();
        services.Configure<HostOptions>(
            host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.Server.DrainSeconds + 8));
        services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        services.AddSingleton<Database>(
            s => OpenDatabase(options.Storage, s.GetRequiredService<ILogger<SqliteDatabase>>()));
        services.AddSingleton<Committer>().AddHostedService(s => s.GetRequiredService<Committer>());
        services.AddSingleton<Keyring>().AddSingleton<Readiness>();
        services.AddSingleton<FirstOperator>().AddSingleton<Bootstrap>().AddHostedService<Opening>();
        services.AddHostedService<SearchFill>();

        services.AddSingleton<FrontGate>().AddSingleton<TlsCertificates>().AddSingleton<TlsDoor>();
        services.AddStations();
        services.AddMail();
        services.AddWebhooks();
        services.AddApi();
        services.AddRoutingCore();
        services.AddHostedService<Closing>();
    }

    /// <summary>The routes, in the order in which they are matched.</summary>
    private static void Map(WebApplication app)
    {
        Health.Map(app);

        StationRoutes.Map(app);
        ApiRoutes.Map(app);
        new Dashboard(Dashboard.BuiltFolder, app.Services.GetRequiredService<ServerOptions>().Dashboard).Map(app);
    }

    public static Database OpenDatabase(StorageSection storage, ILogger<SqliteDatabase>? log = null) =>
        storage.Provider switch
        {
            "postgresql" => new PostgresDatabase(storage.ConnectionString),
            _ => new SqliteDatabase(storage.ConnectionString, log: log),
        };

    private static void Listen(ConfigureWebHostBuilder web, ServerOptions options)
    {
        web.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Api.MaxBodyBytes;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(options.Server.HeaderSeconds);
            var gate = kestrel.ApplicationServices.GetRequiredService<FrontGate>();
            Listen(kestrel, options.Server.Host, options.Server.Port, listen => gate.Guard(listen, speaksTls: false));
            if (!options.Tls.IsOn()) return;
            var door = kestrel.ApplicationServices.GetRequiredService<TlsDoor>();
            var host = options.Tls.Host.Length == 0 ? options.Server.Host : options.Tls.Host;
            Listen(kestrel, host, options.Tls.Port, listen =>
            {
                gate.Guard(listen, speaksTls: true);
                door.Open(listen);
            });
        });
    }

    private static void Listen(KestrelServerOptions kestrel, string host, int port, Action<ListenOptions> configure)
    {
        if (host is not "localhost") kestrel.Listen(IPAddress.Parse(host), port, configure);
        else if (port == 0) kestrel.Listen(IPAddress.Loopback, port, configure);
        else kestrel.ListenLocalhost(port, configure);
    }

    private static void Log(ILoggingBuilder logging, Action<ILoggingBuilder>? logs)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        if (logs is not null)
        {
            logs(logging);
            return;
        }

        logging.AddConsole(console =>
        {
            console.FormatterName = JsonLines.FormatterName;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        });
        logging.AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>();
    }
}
