
namespace Voltgate.Server.Demo;

/// <summary>The lines to paste for the next session.</summary>
internal sealed class DemoInvitation(Terminal terminal, Uri server)
{
    public void Print(DemoMemory memory)
    {
        var site = server.GetLeftPart(UriPartial.Authority);
        var api = site + "/v1.1";
        terminal.Print();
        terminal.Print($"Now you. The dashboard is at {site}: sign in as the operator of the first start.", Ink.Bold);
        terminal.Print("Or paste this into another terminal; the driver plugs in by herself:", Ink.Bold);
        terminal.Print($"""

              KEY='{memory.ApiKey.Replace("'", "'\\''")}'
              curl -s -X POST {api}/sessions -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' \
                -d '{Body(memory, 0)}'

              curl -s '{api}/sessions?status=Started' -H "Authorization: Bearer $KEY"

              ID=$(curl -s '{api}/sessions?status=Started' -H "Authorization: Bearer $KEY" \
                | grep -o '"_id":"[0-9a-f]*' | head -1 | cut -c8-)
              curl -s -X POST {api}/sessions/$ID/stop -H "Authorization: Bearer $KEY"

            The other connector (AC):  -d '{Body(memory, 1)}'
            """);
        terminal.Print("This server stays up; Ctrl+C stops it, and the next start finds everything again.", Ink.Dim);
        terminal.Print();
    }

    private static string Body(DemoMemory memory, int connector) =>
        $$"""{"connector":"{{memory.Connectors[connector]}}","user":"{{memory.User}}"}""";
}
