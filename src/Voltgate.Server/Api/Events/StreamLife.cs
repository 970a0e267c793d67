namespace Voltgate.Server.Api;

/// <summary>How long an event stream lives, and who ends it: the drain, or a caller who may listen no more.</summary>
internal sealed class StreamLife(
    Authentication authentication, IHostApplicationLifetime host, TimeProvider clock, ServerOptions options)
{
    /// <summary>A key that was revoked hears nothing more after this.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(4);

    /// <summary>Proxies close what says nothing for a while, often after 30 s.</summary>
    public static readonly TimeSpan Pulse = TimeSpan.FromSeconds(15);

    public int MostStreams => options.Api.EventStreams;

    public TimeProvider Clock => clock;

    public CancellationToken Ending => host.ApplicationStopping;

    public async Task<bool> MayListen(Call call)
    {
        var who = await authentication.Identify(call.Http, call.Route);
        return who.Holds && who.Value.Organization == call.Organization && who.Value.May(call.Route.Scope!);
    }
}
