translate(encode(convert_to(json_build_array('{order}', ({key})::text, ({tie})::text)::text, 'UTF8'), 'base64'), chr(10), '')
