using Voltgate.Server.Api;

namespace Voltgate.Server.Hosting;

/// <summary>
/// While the process drains, requests that arrive anew (sockets too) are sent elsewhere; those inside finish.
/// </summary>
internal sealed class DrainGate(RequestDelegate next, Readiness readiness)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (!readiness.IsDraining || http.Request.Path.Value is Health.Live or Health.Ready) return next(http);
        http.Response.Headers.Connection = "close";
        return Envelope.Write(http, Refusal.Draining);
    }
}
