using System.Text.Json.Nodes;

namespace Voltgate.Server.Api;

/// <summary>One request after its caller is known: what a handler may ask of it.</summary>
internal sealed class Call(HttpContext http, ApiRoute route, AuditTrail audit, int maxBodyBytes)
{
    public HttpContext Http => http;

    public Caller Caller => audit.Caller;

    /// <summary>What the audit log will say of this request.</summary>
    public AuditTrail Audit => audit;

    /// <summary>An open route found out who calls.</summary>
    public void Become(Caller caller) => audit.Caller = caller;

    /// <summary>The tenant; every query carries it.</summary>
    public string Organization => audit.Caller.Organization;

    public CancellationToken Cancel => http.RequestAborted;

    public ApiRoute Route => route;

    /// <summary>The {id} of the path, as it came; an unknown or malformed one is answered alike.</summary>
    public string Id => PathValue("id");

    public string PathValue(string name) => http.Request.RouteValues[name] as string ?? "";

    /// <summary>The bytes of the body as they arrived, at most 1 MB; for fingerprints. Can be called again.</summary>
    public async Task<byte[]> Bytes() => bytes ??= await BodyReader.Bytes(http, maxBodyBytes);

    private byte[]? bytes;

    /// <summary>The same request, with another body, as another route would have got it.</summary>
    public Call As(ApiRoute other, byte[] body) => new(http, other, audit, maxBodyBytes) { bytes = body };

    /// <summary>
    /// The body, checked against the route's shape: every field known, typed, in range and canonical.
    /// </summary>
    public Task<Outcome<JsonObject>> Body() => Body(
        route.Body ?? throw new InvalidOperationException($"{route.Verb} {route.Path} declares no body."));

    /// <summary>The query, checked against the route's shape for it.</summary>
    public Outcome<JsonObject> Query() => QueryReader.Check(
        http.Request, route.Query ?? throw new InvalidOperationException($"{route.Path} declares no query."));

    /// <summary>As <see cref="Body()"/>; with a PATCH nothing is required and null clears a field.</summary>
    public async Task<Outcome<JsonObject>> Body(Shape shape) =>
        BodyReader.Check(http.Request, await Bytes(), shape, HttpMethods.IsPatch(http.Request.Method));
}
